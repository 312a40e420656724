/**
 * What web frameworks sign: sessions, cookies, form tokens.
 *
 * <p>One class a format, all of one shape: {@code of(keys)} with the keys of the framework's settings, {@code check} for a
 * verdict, {@code read} for the value or an exception, {@code write} for the text to hand out. Each reads strictly, which
 * means what the framework itself writes; {@code lenient()} reads all that the framework reads.
 *
 * <p>{@code check} answers whatever text it is given; only null is a {@code NullPointerException}. Texts have at most 16,384
 * characters and values 65,536 bytes, unless {@code limits} says otherwise; what readers would refuse is not written. What a
 * format writes and reads is fixed by its framework: it is never edited, another class or release is added beside it.
 *
 * <p>In the sources each framework has a folder, and none knows another's. What is not public stands behind what is, beside it;
 * what several frameworks share answers as the program that it names.
 *
 * <dl>
 *   <dt>Django
 *   <dd>{@link DjangoSigner}, {@link DjangoTimestampSigner}, {@link DjangoJson}, {@link DjangoCookie}, {@link DjangoMessages},
 *       {@link DjangoSession}, {@link DjangoSessionData}, {@link DjangoPasswordReset}; releases: {@link DjangoRelease}
 *   <dt>Express and Koa
 *   <dd>{@link ExpressSignature}, {@link ExpressCookie}, {@link ExpressJsonCookie}, {@link ExpressSession}, {@link Keygrip}
 *   <dt>Flask
 *   <dd>{@link FlaskSession}, {@link FlaskCsrf}, {@link FlaskLogin}
 *   <dt>Rails
 *   <dd>{@link RailsMessageVerifier}, {@link RailsCookie}, {@link RailsSignedId}, with keys of {@link RailsKeyGenerator};
 *       releases: {@link RailsRelease}
 *   <dt>Starlette
 *   <dd>{@link StarletteSession}
 *   <dt>All of them
 *   <dd>{@link SetCookie} for the header, {@link FrameworkError} for what the framework would have said
 * </dl>
 *
 * <p>A keyring's primary key is the framework's current secret; those it {@linkplain dev.countermark.Keyring#accepting
 * accepts} are the fallbacks. Such keys are often weak: make them with {@link dev.countermark.SigningKey#weakText}.
 */
@NullMarked
package dev.countermark.frameworks;

import org.jspecify.annotations.NullMarked;
