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
 * <p>Where to begin, and what stands behind it:
 *
 * <dl>
 *   <dt>Django
 *   <dd>{@link DjangoSigner}, {@link DjangoTimestampSigner}, {@link DjangoJson}, {@link DjangoCookie}, {@link DjangoMessages} and
 *       {@link DjangoSession} over {@code DjangoFormat}, with {@code DjangoSettings}, {@code DjangoBody}, {@code Base62} for the
 *       date and {@code LatinJson}; {@link DjangoSessionData} over the same and, before 3.1, {@code DjangoLegacySession};
 *       {@link DjangoPasswordReset} over {@code DjangoResetFormat}. Releases: {@link DjangoRelease}
 *   <dt>Express and Koa
 *   <dd>{@link ExpressSignature} over {@code ExpressFormat}; {@link ExpressCookie} and {@link ExpressJsonCookie} over
 *       {@code ExpressCookieFormat}; {@link ExpressSession} and {@link Keygrip} over {@code KeygripFormat}
 *   <dt>Flask
 *   <dd>{@link FlaskSession} over {@code FlaskFormat}, with {@code TaggedJson} and, for the dates in it, {@code HttpDate} and
 *       {@code MailDate}; {@link FlaskCsrf} over {@code FlaskCsrfFormat}; {@link FlaskLogin} over {@code FlaskLoginFormat}
 *   <dt>Rails
 *   <dd>{@link RailsMessageVerifier} over {@code RailsFormat}, with {@code RailsSettings}, {@code RailsSerializer} and
 *       {@code RailsEnvelope}, which is in Marshal {@code MarshalEnvelope}, read by {@code MarshalTree} and written by
 *       {@code MarshalWriter}; {@link RailsCookie} and {@link RailsSignedId} over the same, with keys of
 *       {@link RailsKeyGenerator}. Releases: {@link RailsRelease}
 *   <dt>Starlette
 *   <dd>{@link StarletteSession}, with {@code DetectedText}; its format is that of itsdangerous
 *   <dt>All of them
 *   <dd>{@link SetCookie} for the header and {@link FrameworkError} for what the framework would have said; {@code KeyedMacs}
 *       looks for the key that signed; {@code ForeignJson}, {@code LowerHex}, {@code PercentCoding}, {@code StrictBase64} and
 *       {@code WellFormed} are forms of text
 * </dl>
 *
 * <p>A keyring's primary key is the framework's current secret; those it {@linkplain dev.countermark.Keyring#accepting
 * accepts} are the fallbacks. Such keys are often weak: make them with {@link dev.countermark.SigningKey#weakText}.
 */
@NullMarked
package dev.countermark.frameworks;

import org.jspecify.annotations.NullMarked;
