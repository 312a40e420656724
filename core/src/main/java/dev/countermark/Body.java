package dev.countermark;

/** How the bytes of a value stand in a token. */
public enum Body {
    /** As they are: {@code report-7.pdf.q8…}. Only for bytes that may stand where the token will stand. */
    TEXT,
    /** In URL-safe base64 without padding. */
    URL_SAFE,
    /**
     * In URL-safe base64 without padding, behind a dot and in zlib form where that is shorter.
     *
     * <p>Source: itsdangerous 2.2.0, {@code url_safe.py}, {@code URLSafeSerializerMixin}.
     */
    URL_SAFE_COMPRESSED
}
