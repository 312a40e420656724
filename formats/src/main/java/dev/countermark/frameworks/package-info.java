/**
 * What web frameworks sign: sessions, cookies, form tokens.
 *
 * <p>One class a format, all of one shape: {@code of(keys)} with the keys of the framework's settings, {@code check} for a
 * verdict, {@code read} for the value or an exception, {@code write} for the text to hand out. Each reads strictly, which
 * means what the framework itself writes; {@code lenient()} reads all that the framework reads.
 *
 * <p>The names of classes begin with the framework's. {@code check} answers whatever text it is given; only null is a {@code
 * NullPointerException}. Texts have at most 16,384 characters and values 65,536 bytes, unless {@code limits} says otherwise;
 * what readers would refuse is not written. What a format writes and reads is fixed by its framework: it is never edited,
 * another class or release is added beside it. What is not public is shared by the formats, and answers as the program that it
 * names.
 *
 * <p>A keyring's primary key is the framework's current secret; those it {@linkplain dev.countermark.Keyring#accepting
 * accepts} are the fallbacks. Such keys are often weak: make them with {@link dev.countermark.SigningKey#weakText}.
 */
@NullMarked
package dev.countermark.frameworks;

import org.jspecify.annotations.NullMarked;
