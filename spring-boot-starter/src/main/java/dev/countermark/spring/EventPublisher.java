package dev.countermark.spring;

import dev.countermark.apitokens.ApiToken;
import dev.countermark.apitokens.TokenEvents;
import org.springframework.context.ApplicationEventPublisher;

/** Passes on what happens to tokens as {@link ApiTokenEvent}s of the application. */
final class EventPublisher implements TokenEvents {

    private final ApplicationEventPublisher publisher;

    EventPublisher(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void issued(ApiToken token, String actor) {
        publisher.publishEvent(new ApiTokenEvent.Issued(token, actor));
    }

    @Override
    public void revoked(String id, String actor) {
        publisher.publishEvent(new ApiTokenEvent.Revoked(id, actor));
    }

    @Override
    public void subjectRevoked(String subject, String actor) {
        publisher.publishEvent(new ApiTokenEvent.SubjectRevoked(subject, actor));
    }

    @Override
    public void rotated(String id, ApiToken successor, String actor) {
        publisher.publishEvent(new ApiTokenEvent.Rotated(id, successor, actor));
    }

    @Override
    public void expiring(ApiToken token) {
        publisher.publishEvent(new ApiTokenEvent.ExpiringSoon(token));
    }

    @Override
    public void reusedAfterRotation(String id, String subject) {
        publisher.publishEvent(new ApiTokenEvent.ReusedAfterRotation(id, subject));
    }
}
