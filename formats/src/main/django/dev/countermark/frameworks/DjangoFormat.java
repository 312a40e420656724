package dev.countermark.frameworks;

import dev.countermark.Reading;
import dev.countermark.Reason;
import dev.countermark.Terms;
import dev.countermark.WireFormat;
import dev.countermark.encoding.Base64Url;
import dev.countermark.encoding.EpochSeconds;
import dev.countermark.frameworks.DjangoSettings.Verifier;
import dev.countermark.python.Repr;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code value [":" timestamp] ":" signature}, as {@code django.core.signing} writes it.
 *
 * <p>The signature has one spelling in every mode. Strictly, so have timestamp and body, and a
 * timestamp is not later than now; leniently, whatever Django reads is read.
 *
 * <p>Source: Django 2.2.28 to 5.2.17, {@code core/signing.py}.
 */
final class DjangoFormat implements WireFormat {

    private static final BigInteger LATEST = BigInteger.valueOf(EpochSeconds.MAX);

    private final DjangoSettings settings;
    private final List<Verifier> verifiers;
    private final KeyedMacs macs;

    DjangoFormat(DjangoSettings settings) {
        this.settings = settings;
        this.verifiers = settings.verifiers();
        this.macs = KeyedMacs.of(verifiers.stream().map(Verifier::mac).toList());
    }

    @Override
    public String write(byte[] payload, long now, @Nullable Duration lifetime) {
        if (lifetime != null) {
            throw new IllegalArgumentException("Django writes no expiry; bound the age where the text is read");
        }
        var value = new String(DjangoBody.write(settings.body(), payload), StandardCharsets.UTF_8);
        var signed = settings.dated() ? value + settings.separator() + Base62.encode(now) : value;
        var code = macs.sign(signed.getBytes(StandardCharsets.UTF_8));
        return signed + settings.separator() + Base64Url.encode(code);
    }

    @Override
    public Reading read(String token, long now, Terms terms) {
        if (token.length() > terms.limits().tokenLength()) {
            return Reading.refused(Reason.TOO_LONG);
        }
        int signatureAt = token.lastIndexOf(settings.separator());
        if (signatureAt < 0) {
            return Reading.refused(
                    Reason.MALFORMED, badSignature("No \"" + settings.separator() + "\" found in value"));
        }
        var signature = token.substring(signatureAt + settings.separator().length());
        var signed = token.substring(0, signatureAt);
        var text = WellFormed.utf8OrNull(signed);
        var signatureText = WellFormed.utf8OrNull(signature);
        if (text == null || signatureText == null) {
            return Reading.refused(Reason.MALFORMED);
        }
        int signer = macs.signer(text, text.length, Base64Url.decodeOrNull(signatureText, 0, signatureText.length));
        if (signer < 0) {
            return Reading.refused(
                    Reason.SIGNATURE_MISMATCH, badSignature("Signature \"" + signature + "\" does not match"));
        }
        var verifier = verifiers.get(signer);
        return settings.dated()
                ? dated(signed, text, verifier, terms)
                : body(signed, Reading.NO_TIME, text, verifier, terms);
    }

    private Reading dated(String signed, byte[] text, Verifier signer, Terms terms) {
        int timestampAt = signed.lastIndexOf(settings.separator());
        if (timestampAt < 0) {
            return Reading.refused(Reason.DATE_MISSING);
        }
        var timestamp = signed.substring(timestampAt + settings.separator().length());
        var seconds = Base62.decodeOrNull(timestamp);
        if (seconds == null) {
            return Reading.refused(Reason.DATE_MALFORMED);
        }
        boolean inRange = isInRange(seconds);
        double age = now() - seconds.doubleValue();
        if (!settings.lenient()) {
            if (!inRange || !Base62.encode(seconds.longValue()).equals(timestamp)) {
                return Reading.refused(Reason.DATE_MALFORMED);
            }
            if (-age > (terms.skew() == null ? 0 : terms.skew().toSeconds())) {
                return Reading.refused(Reason.FROM_THE_FUTURE);
            }
        }
        var value = signed.substring(0, timestampAt);
        var reading = body(value, inRange ? seconds.longValue() : Reading.NO_TIME, text, signer, terms);
        var lifetime = terms.lifetime();
        if (lifetime == null || age <= Repr.seconds(lifetime.plus(terms.leeway()))) {
            return reading;
        }
        if (Double.isInfinite(age)) {
            return Reading.refused(Reason.DATE_MALFORMED);
        }
        var error = new FrameworkError(
                "SignatureExpired", "Signature age " + Repr.of(age) + " > " + Repr.ofSeconds(lifetime) + " seconds");
        return reading.reason() == null ? reading.expired().detail(error) : reading.detail(error);
    }

    private Reading body(String value, long issuedAt, byte[] text, Verifier signer, Terms terms) {
        var content = DjangoBody.read(
                settings.body(),
                value.getBytes(StandardCharsets.UTF_8),
                settings.lenient(),
                terms.limits().payloadLength());
        if (content.bytes() == null) {
            return Reading.refused(content.refused() == null ? Reason.PAYLOAD_MALFORMED : content.refused());
        }
        return Reading.accepted(
                content.bytes(), issuedAt, Reading.NO_TIME, signer.key(), signer.old(), text, text.length);
    }

    private static boolean isInRange(BigInteger seconds) {
        return seconds.signum() >= 0 && seconds.compareTo(LATEST) <= 0;
    }

    /** Django's {@code time.time()}, whose fraction counts for the age. */
    private double now() {
        return Repr.seconds(Duration.between(Instant.EPOCH, settings.clock().instant()));
    }

    private static FrameworkError badSignature(String message) {
        return new FrameworkError("BadSignature", message);
    }
}
