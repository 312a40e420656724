package dev.countermark.cli.formats;

import dev.countermark.Body;
import dev.countermark.Codec;
import dev.countermark.DatedTokens;
import dev.countermark.Tokens;
import dev.countermark.encoding.Base64Url;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Countermark's own tokens over a text, always dated: the body in base64, or as it is. */
final class OwnFormat implements TokenFormat {

    static final OwnFormat COUNTERMARK =
            new OwnFormat("countermark", "our own, safe in links and headers (the default)", Body.URL_SAFE);

    static final OwnFormat TEXT = new OwnFormat("text", "our own, the value readable in the token", Body.TEXT);

    private static final int SIGNATURE_BYTES = 32;
    private static final char EXPIRY_MARK = '~';

    private final String name;
    private final String summary;
    private final Body body;

    private OwnFormat(String name, String summary, Body body) {
        this.name = name;
        this.summary = summary;
        this.body = body;
    }

    @Override
    public String usage() {
        return name;
    }

    @Override
    public String summary() {
        return summary;
    }

    @Override
    public boolean matches(String name) {
        return this.name.equals(name);
    }

    @Override
    public boolean usesOwnKey() {
        return true;
    }

    @Override
    public String sign(Settings settings, String value) {
        var tokens = tokens(settings);
        return settings.expiresIn()
                .map(lifetime -> tokens.sign(value, lifetime))
                .orElseGet(() -> tokens.sign(value));
    }

    @Override
    public Outcome verify(Settings settings, String token) {
        var tokens = tokens(settings);
        var verdict = settings.maxAge().map(age -> tokens.check(token, age)).orElseGet(() -> tokens.check(token));
        return Outcome.of(verdict, Function.identity());
    }

    private DatedTokens<String> tokens(Settings settings) {
        return Tokens.of(settings.strongKeyring(), settings.requiredPurpose(), Codec.text())
                .body(body)
                .dated()
                .clock(settings.clock());
    }

    /** Without a key the two cannot be told apart for certain: a body that decodes is the first, any other the second. */
    @Override
    public Optional<Sighting> recognise(String token) {
        var dotted = DottedToken.of(token, '.')
                .filter(found -> found.isDated() && found.signatureLength() == SIGNATURE_BYTES);
        return dotted.filter(found -> isUrlSafe(found) == (body == Body.URL_SAFE))
                .map(this::sighting);
    }

    private static boolean isUrlSafe(DottedToken token) {
        return Base64Url.decodeOrNull(valueText(token)) != null;
    }

    private Sighting sighting(DottedToken token) {
        var parts = new ArrayList<Sighting.Part>();
        parts.add(new Sighting.Part("value", DottedToken.bodyText(valueText(token))));
        int mark = token.body().lastIndexOf(EXPIRY_MARK);
        if (mark >= 0) {
            DottedToken.seconds(token.body().substring(mark + 1))
                    .ifPresent(end -> parts.add(new Sighting.Part(
                            "expires", Instant.ofEpochSecond(end).toString())));
        }
        parts.addAll(token.dateParts());
        parts.add(token.signaturePart());
        var names = body == Body.URL_SAFE ? List.of(name, TEXT.name) : List.of(name);
        return new Sighting(names, "a dated token with a signature of HMAC-SHA-256", parts);
    }

    private static String valueText(DottedToken token) {
        int mark = token.body().lastIndexOf(EXPIRY_MARK);
        return mark >= 0
                        && DottedToken.seconds(token.body().substring(mark + 1)).isPresent()
                ? token.body().substring(0, mark)
                : token.body();
    }
}
