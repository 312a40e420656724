package dev.countermark.cli.formats;

import dev.countermark.SignedUrl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Signed links of our own. */
final class SignedLinks implements TokenFormat {

    static final SignedLinks INSTANCE = new SignedLinks();

    private static final Pattern SIGNATURE = Pattern.compile("[?&]signature=([A-Za-z0-9_-]{43})(?=&|$)");
    private static final Pattern EXPIRES = Pattern.compile("[?&]expires=([1-9][0-9]{0,11})(?=&|$)");

    private SignedLinks() {}

    @Override
    public String usage() {
        return "url";
    }

    @Override
    public String summary() {
        return "our own signed links: path and query covered";
    }

    @Override
    public Map<String, String> options() {
        var options = new LinkedHashMap<String, String>();
        options.put("host", "yes: good at its host only");
        options.put("prefix", "path that a proxy takes off, for instance /shop");
        options.put("unsigned", "name of a parameter that others may add or change");
        return options;
    }

    @Override
    public boolean usesOwnKey() {
        return true;
    }

    @Override
    public String sign(Settings settings, String value) {
        var links = links(settings);
        return settings.expiresIn().map(time -> links.sign(value, time)).orElseGet(() -> links.sign(value));
    }

    @Override
    public Outcome verify(Settings settings, String token) {
        if (settings.maxAge().isPresent()) {
            throw new IllegalArgumentException("a link says itself when it expires; leave --max-age out");
        }
        return Outcome.of(links(settings).check(token), Function.identity());
    }

    private static SignedUrl links(Settings settings) {
        var links = SignedUrl.withoutExpiry(settings.strongKeyring(), settings.requiredPurpose())
                .clock(settings.clock());
        links = settings.isOn("host") ? links.coveringHost() : links;
        links = settings.option("prefix").map(links::behind).orElse(links);
        return settings.option("unsigned").map(links::allowingUnsigned).orElse(links);
    }

    @Override
    public Optional<Sighting> recognise(String token) {
        var signature = SIGNATURE.matcher(token);
        boolean link = token.startsWith("/") || token.startsWith("https://") || token.startsWith("http://");
        if (!link || !signature.find()) {
            return Optional.empty();
        }
        var parts = new ArrayList<Sighting.Part>();
        parts.add(new Sighting.Part("link", token.substring(0, signature.start())));
        var expires = EXPIRES.matcher(token);
        if (expires.find()) {
            parts.add(new Sighting.Part(
                    "expires",
                    Instant.ofEpochSecond(Long.parseLong(expires.group(1))).toString()));
        }
        parts.add(new Sighting.Part("signature", "32 bytes, as HMAC with SHA-256"));
        return Optional.of(new Sighting(List.of(usage()), "a signed link", parts));
    }
}
