package dev.countermark.frameworks;

import dev.countermark.BadTokenException;
import dev.countermark.Codec;
import dev.countermark.Keyring;
import dev.countermark.Limits;
import dev.countermark.Tokens;
import dev.countermark.Verdict;

/**
 * A text signed by npm's {@code cookie-signature}: {@code tobi.DGDUkGlIkCzPz+C0B064FNgHdEjox7ch8tOBGslZ5QI}.
 *
 * <p>Keys: the secret given to {@code sign(value, secret)}. It has neither date nor purpose: whatever was signed with a
 * key is good for every use of that key. As cookies of Express stand in the header, see {@link ExpressCookie}.
 *
 * <p>Source: cookie-signature 1.0.6 and 1.2.2, {@code index.js}. Immutable and safe for many threads.
 */
public final class ExpressSignature {

    private final Tokens<String> tokens;

    private ExpressSignature(Tokens<String> tokens) {
        this.tokens = tokens;
    }

    /** Texts signed with the primary key. */
    public static ExpressSignature of(Keyring keys) {
        return new ExpressSignature(Tokens.of(new ExpressFormat(keys), Codec.text()));
    }

    /** The same under other limits of size. */
    public ExpressSignature limits(Limits limits) {
        return new ExpressSignature(tokens.limits(limits));
    }

    /** Valid or rejected. */
    public Verdict<String> check(String signed) {
        return tokens.check(signed);
    }

    /**
     * The text that was signed.
     *
     * @throws BadTokenException if no key made the signature
     */
    public String read(String signed) {
        return tokens.verify(signed);
    }

    /**
     * The text with its signature.
     *
     * @throws IllegalArgumentException if it holds a lone surrogate, or is too long for {@link #limits}
     */
    public String write(String value) {
        return tokens.sign(value);
    }

    @Override
    public String toString() {
        return "ExpressSignature[" + tokens + "]";
    }
}
