/**
 * What web frameworks sign: sessions, cookies, form tokens.
 *
 * <p>One class a format, all of one shape: {@code of(keys)} with the keys of the framework's settings, {@code check} for a
 * verdict, {@code read} for the value or an exception, {@code write} for the text to hand out. Each reads strictly, which
 * means what the framework itself writes; {@code lenient()} reads all that the framework reads.
 *
 * <p>A keyring's primary key is the framework's current secret; those it {@linkplain dev.countermark.Keyring#accepting
 * accepts} are the fallbacks. Such keys are often weak: make them with {@link dev.countermark.SigningKey#weakText}.
 */
@NullMarked
package dev.countermark.frameworks;

import org.jspecify.annotations.NullMarked;
