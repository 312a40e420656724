package dev.countermark.spring;

import dev.countermark.apitokens.ApiToken;
import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.NodeStatus;
import dev.countermark.apitokens.TokenEvents;
import java.util.List;
import java.util.function.Consumer;

/** All {@link TokenEvents} beans as one; one that throws does not keep the others from hearing. */
final class EveryListener implements TokenEvents {

    private final List<TokenEvents> listeners;

    EveryListener(List<TokenEvents> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    private void each(Consumer<TokenEvents> event) {
        RuntimeException first = null;
        for (var listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    @Override
    public void issued(ApiToken token, String actor) {
        each(listener -> listener.issued(token, actor));
    }

    @Override
    public void revoked(String id, String actor) {
        each(listener -> listener.revoked(id, actor));
    }

    @Override
    public void subjectRevoked(String subject, String actor) {
        each(listener -> listener.subjectRevoked(subject, actor));
    }

    @Override
    public void rotated(String id, ApiToken successor, String actor) {
        each(listener -> listener.rotated(id, successor, actor));
    }

    @Override
    public void expiring(ApiToken token) {
        each(listener -> listener.expiring(token));
    }

    @Override
    public void reusedAfterRotation(String id, String subject) {
        each(listener -> listener.reusedAfterRotation(id, subject));
    }

    @Override
    public void checked(ApiTokenVerdict verdict) {
        each(listener -> listener.checked(verdict));
    }

    @Override
    public void state(NodeStatus.State state) {
        each(listener -> listener.state(state));
    }
}
