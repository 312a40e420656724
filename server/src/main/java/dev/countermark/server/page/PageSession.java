package dev.countermark.server.page;

import dev.countermark.Keyring;
import java.time.Instant;

/**
 * Somebody who has logged in.
 *
 * @param id id of the token that stands for the session
 * @param adminToken id of the token it was opened with
 * @param subject whom that token speaks for
 * @param endsAt when it ends at the latest
 * @param keys keys that nobody but this session has, for what its browser keeps and must not change
 */
record PageSession(String id, String adminToken, String subject, Instant endsAt, Keyring keys) {

    /** How the audit calls whoever uses the page: by the token they logged in with. */
    String actor() {
        return actor(adminToken);
    }

    static String actor(String adminToken) {
        return "page " + adminToken;
    }

    /** The id: a subject may be private. */
    @Override
    public String toString() {
        return "PageSession[id=" + id + "]";
    }
}
