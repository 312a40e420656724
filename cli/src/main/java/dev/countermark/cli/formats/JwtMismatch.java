package dev.countermark.cli.formats;

import dev.countermark.Reason;
import dev.countermark.Rejected;
import dev.countermark.Verdict;
import dev.countermark.jws.Claims;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Which claim of a JSON Web Token is not the expected one, and the option to give. Only for one whose signature holds. */
final class JwtMismatch {

    /** Longer texts, and those that a shell or a terminal would change, are not shown. */
    private static final Pattern SHOWN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,99}");

    private static final int MOST_SHOWN = 3;

    private final Settings settings;
    private final Set<String> ignored;

    /** @param ignored names of the claims that may be anything */
    JwtMismatch(Settings settings, Set<String> ignored) {
        this.settings = settings;
        this.ignored = ignored;
    }

    /**
     * The sentence; that of {@link Reason#CLAIM_MISMATCH} where the claim cannot be told.
     *
     * @param ofAnybody the verdict over {@code token} when any issuer and any audience will do
     */
    String sentence(String token, Verdict<JsonNode> ofAnybody) {
        if (ofAnybody instanceof Rejected<JsonNode> rejected && rejected.reason() == Reason.CLAIM_MISMATCH) {
            var type = JwsText.of(token).map(jws -> jws.header().path("typ").stringValue(""));
            return sentence(
                    "type",
                    "typ",
                    type.filter(text -> !text.isEmpty()).map(List::of).orElse(List.of()));
        }
        var claims = ofAnybody.detail(Claims.class);
        var issuer = claims.flatMap(Claims::issuer).map(List::of).orElse(List.of());
        if (isWrong("iss", issuer)) {
            return sentence("issuer", "iss", issuer);
        }
        var audience = claims.map(Claims::audience).orElse(List.of());
        return isWrong("aud", audience) ? sentence("audience", "aud", audience) : Reason.CLAIM_MISMATCH.sentence();
    }

    private boolean isWrong(String option, List<String> found) {
        var expected = settings.option(option);
        return expected.isPresent() ? !found.contains(expected.get()) : !ignored.contains(option) && !found.isEmpty();
    }

    private String sentence(String claim, String option, List<String> found) {
        if (found.isEmpty()) {
            return "it names no " + claim + ", and -o " + option + " demands one";
        }
        var expected = settings.option(option).isPresent()
                ? "which is not that of -o " + option
                : "and " + (option.equals("typ") ? "JWT" : "none") + " was expected";
        return "its " + claim + " is " + shown(found).orElse("not fit to be shown") + ", " + expected + "; say -o "
                + option + "=" + shown(found.subList(0, 1)).orElse("…") + ", or -o ignore=" + option + " to take any";
    }

    private static Optional<String> shown(List<String> found) {
        boolean all = found.size() <= MOST_SHOWN
                && found.stream().allMatch(text -> SHOWN.matcher(text).matches());
        return all ? Optional.of(String.join(" and ", found)) : Optional.empty();
    }
}
