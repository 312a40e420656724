package dev.countermark.server.http;

/** Which security chain is asked first. A request belongs to the first chain that matches it. */
public final class ChainOrder {

    /** The admin page: a session, a form to log in, CSRF protection. */
    public static final int PAGE = 10;

    /** What needs no token: forward authentication, which reads it itself, leaked tokens, the API's description. */
    public static final int OPEN = 20;

    /** The API: a bearer token, no session. */
    public static final int API = 30;

    /** Everything else is not there. */
    public static final int REST = 40;

    private ChainOrder() {}
}
