package dev.countermark.spring;

/** What stops the start of an application: what is wrong, and what to do. Holds no key. */
final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    StartFailure(String description, String action, Throwable cause) {
        super(description, cause);
        this.action = action;
    }

    StartFailure(String description, String action) {
        super(description);
        this.action = action;
    }

    String action() {
        return action;
    }
}
