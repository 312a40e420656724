package dev.countermark.server.log;

import dev.countermark.apitokens.ApiToken;
import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.NodeStatus;
import dev.countermark.apitokens.TokenEvents;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Logs what happens to tokens: by id, never a text, a subject, a name or a header. Refusals are for metrics; they are
 * logged at debug level.
 */
@Component
final class EventLog implements TokenEvents {

    private static final Logger LOG = LoggerFactory.getLogger("dev.countermark.server.events");

    @Override
    public void issued(ApiToken token, String actor) {
        LOG.atInfo()
                .addKeyValue("token_id", token.id())
                .addKeyValue("actor", actor)
                .log("token issued");
    }

    @Override
    public void revoked(String id, String actor) {
        LOG.atInfo().addKeyValue("token_id", id).addKeyValue("actor", actor).log("token revoked");
    }

    @Override
    public void subjectRevoked(String subject, String actor) {
        LOG.atInfo().addKeyValue("actor", actor).log("all tokens of a subject revoked");
    }

    @Override
    public void rotated(String id, ApiToken successor, String actor) {
        LOG.atInfo()
                .addKeyValue("token_id", id)
                .addKeyValue("successor_id", successor.id())
                .addKeyValue("actor", actor)
                .log("token rotated");
    }

    @Override
    public void expiring(ApiToken token) {
        LOG.atInfo()
                .addKeyValue("token_id", token.id())
                .addKeyValue("expires_at", token.expiresAt())
                .log("token expires soon");
    }

    @Override
    public void reusedAfterRotation(String id, String subject) {
        LOG.atWarn().addKeyValue("token_id", id).log("token used after it was replaced and its overlap had ended");
    }

    @Override
    public void checked(ApiTokenVerdict verdict) {
        if (!LOG.isDebugEnabled() || verdict instanceof ApiTokenVerdict.Valid) {
            return;
        }
        var event = LOG.atDebug();
        if (verdict instanceof ApiTokenVerdict.Expired expired) {
            event = event.addKeyValue("token_id", expired.id());
        } else if (verdict instanceof ApiTokenVerdict.Revoked revoked) {
            event = event.addKeyValue("token_id", revoked.id());
        }
        event.log("token refused: {}", verdict.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    }

    @Override
    public void state(NodeStatus.State state) {
        var event = state == NodeStatus.State.HEARING ? LOG.atInfo() : LOG.atWarn();
        event.addKeyValue("state", state.name().toLowerCase(Locale.ROOT))
                .log(
                        switch (state) {
                            case STARTING -> "reading revocations";
                            case HEARING -> "hearing revocations";
                            case LAPSED -> "revocations cannot be heard: answering 503";
                            case RESTORED ->
                                "the database is older than what this node remembers: answering 503 until"
                                        + " countermark tokens restored";
                        });
    }
}
