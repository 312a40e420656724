package dev.countermark;

/**
 * What a wire format has to say of a token beyond value, dates and reason: a header, or the error that another program
 * would have raised.
 *
 * <p>Each format has its own type; ask for it with {@link Verdict#detail(Class)}.
 */
public interface Detail {}
