package dev.countermark.fuzzing;

import static dev.countermark.fuzzing.Wire.base64Url;
import static dev.countermark.fuzzing.Wire.bytes;
import static dev.countermark.fuzzing.Wire.dated;
import static dev.countermark.fuzzing.Wire.hmac;
import static dev.countermark.fuzzing.Wire.join;
import static dev.countermark.fuzzing.Wire.jws;
import static dev.countermark.fuzzing.Wire.latin1;
import static dev.countermark.fuzzing.Wire.pythonKey;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countermark.Codec;
import dev.countermark.Tokens;
import dev.countermark.Valid;
import dev.countermark.Verdict;
import dev.countermark.itsdangerous.ItsDangerous;
import dev.countermark.json.Json;
import dev.countermark.jws.JwsAlgorithm;
import dev.countermark.jws.Jwt;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Any bytes where a date stands, under a good signature. Where a reader says valid, the date is counted again with big
 * numbers: canonical, not in the future, not too old.
 */
class DateFuzz {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final long SKEW = 30;

    private static final byte[] PYTHON_KEY = pythonKey(Keys.SECRET, "itsdangerous.Signer");
    private static final byte[] OWN_KEY = hmac("SHA-256", Keys.SECRET, bytes("fuzz"));
    private static final byte[] EXPIRING_KEY = hmac("SHA-256", Keys.SECRET, bytes("fuzz\0expiring"));
    private static final Form[] FORMS = Form.values();

    private enum Form {
        PYTHON {
            @Override
            void run(byte[] date) {
                var token = dated("SHA-1", PYTHON_KEY, bytes("a"), date, ".");
                var tokens = ItsDangerous.newest()
                        .keys(Keys.python())
                        .timestampSigner()
                        .clock(Keys.CLOCK);
                requireInTime(verdict(() -> tokens.checkBytes(token, HOUR)), epochSeconds(date), 0);
            }
        },
        OLD_PYTHON {
            @Override
            void run(byte[] date) {
                var token = dated("SHA-1", PYTHON_KEY, bytes("a"), date, ".");
                var both = ItsDangerous.V0_24.keys(Keys.python()).acceptingBothEpochs();
                var tokens = both.timestampSigner().clock(Keys.CLOCK);
                verdict(() -> tokens.checkBytes(token, HOUR));
                for (var release : ItsDangerous.values()) {
                    var lenient = release.keys(Keys.python())
                            .lenient()
                            .timestampSigner()
                            .clock(Keys.CLOCK);
                    verdict(() -> lenient.checkBytes(token, HOUR));
                    verdict(() -> lenient.checkBytes(token));
                }
            }
        },
        OWN {
            @Override
            void run(byte[] date) {
                var token = latin1(dated("SHA-256", OWN_KEY, bytes("a"), date, "."));
                var tokens = Tokens.of(Keys.KEYRING, "fuzz", Codec.text())
                        .expiringAfter(HOUR)
                        .clock(Keys.CLOCK);
                requireInTime(verdict(() -> tokens.check(token)), epochSeconds(date), SKEW);
            }
        },
        OWN_EXPIRY {
            @Override
            void run(byte[] date) {
                var body = join(bytes("a~"), date);
                var token = latin1(dated("SHA-256", EXPIRING_KEY, body, Wire.time(Keys.NOW), "."));
                var tokens = Tokens.of(Keys.KEYRING, "fuzz", Codec.text())
                        .expiringAfter(HOUR)
                        .clock(Keys.CLOCK);
                requireFuture(verdict(() -> tokens.check(token)), epochSeconds(date), Keys.NOW);
            }
        },
        JWT_EXPIRY {
            @Override
            void run(byte[] date) {
                // RFC 7519 section 4.1.4: not valid at the second itself.
                requireFuture(jwt("exp", date), number(date), Keys.NOW + 1);
            }
        },
        JWT_DATES {
            @Override
            void run(byte[] date) {
                for (var claim : new String[] {"nbf", "iat"}) {
                    if (jwt("exp\":1700000100,\"" + claim, date) instanceof Valid) {
                        requirePast(number(date), SKEW);
                    }
                }
            }
        },
        JWS_HEADER {
            @Override
            void run(byte[] date) {
                requireFuture(header("exp", date, false), number(date), Keys.NOW);
                if (header("exp\":1700000100,\"iat", date, false) instanceof Valid) {
                    requirePast(number(date), 0);
                }
                header("exp", date, true);
                header("exp\":1700000100,\"iat", date, true);
            }
        };

        abstract void run(byte[] date);
    }

    private static Verdict<?> verdict(java.util.function.Supplier<Verdict<String>> check) {
        return Bounds.verdict(check);
    }

    private static Verdict<?> jwt(String claim, byte[] value) {
        var payload = join(bytes("{\"" + claim + "\":"), value, bytes("}"));
        var token = jws("SHA-256", Keys.SECRET, bytes("{\"alg\":\"HS256\"}"), payload);
        var tokens = Jwt.of(Keys.KEYRING, JwsAlgorithm.HS256, Json.map())
                .expiringAfter(HOUR)
                .clock(Keys.CLOCK);
        return Bounds.verdict(() -> tokens.checkBytes(token));
    }

    private static Verdict<?> header(String name, byte[] value, boolean lenient) {
        var header = join(bytes("{\"alg\":\"HS256\",\"" + name + "\":"), value, bytes("}"));
        var token = jws("SHA-256", Keys.SECRET, header, bytes("{}"));
        var python = ItsDangerous.V0_24.keys(Keys.python());
        var tokens = (lenient ? python.lenient() : python)
                .timedJsonWebSignatureSerializer(HOUR)
                .clock(Keys.CLOCK);
        return Bounds.verdict(() -> tokens.checkBytes(token));
    }

    private static void requireInTime(Verdict<?> verdict, BigInteger date, long skew) {
        if (verdict instanceof Valid) {
            requirePast(date, skew);
            require(date.longValue() >= Keys.NOW - HOUR.toSeconds());
        }
    }

    private static void requirePast(BigInteger date, long skew) {
        require(date.signum() >= 0 && date.compareTo(BigInteger.valueOf(Keys.NOW + skew)) <= 0);
    }

    private static void requireFuture(Verdict<?> verdict, BigInteger date, long least) {
        if (verdict instanceof Valid) {
            require(date.compareTo(BigInteger.valueOf(least)) >= 0);
            require(date.compareTo(BigInteger.valueOf(253_402_300_799L)) <= 0);
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("a date was accepted that must not be");
        }
    }

    /** The date of an accepted token; anything but one canonical text of one number is none, so -1. */
    private static BigInteger epochSeconds(byte[] text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return BigInteger.ONE.negate();
        }
        boolean canonical = bytes.length > 0 && bytes[0] != 0 && Arrays.equals(base64Url(bytes), text);
        return canonical ? new BigInteger(1, bytes) : BigInteger.ONE.negate();
    }

    /** The number that a second reader of JSON finds where the fuzzer's text stands, which may bring more members. */
    private static BigInteger number(byte[] json) {
        try {
            var read = JsonMapper.shared()
                    .readTree("{\"date\":" + latin1(json) + "}")
                    .path("date");
            return read.isIntegralNumber() ? read.bigIntegerValue() : BigInteger.ONE.negate();
        } catch (JacksonException e) {
            return BigInteger.ONE.negate();
        }
    }

    static {
        for (var form : FORMS) {
            form.run(Wire.time(Keys.NOW));
        }
        Bounds.reaches(jwt("exp", bytes("1700000001")));
        Bounds.reaches(header("exp", bytes("1700000001"), false));
        Bounds.reaches(header("exp", bytes("1700000001"), true));
    }

    @FuzzTest
    void any_date_gets_a_verdict(byte[] data) {
        var input = new Input(data);
        var form = FORMS[input.choice(FORMS.length)];
        form.run(input.choice(2) == 0 ? input.rest() : base64Url(input.rest()));
    }
}
