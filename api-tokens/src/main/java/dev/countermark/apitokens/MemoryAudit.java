package dev.countermark.apitokens;

import dev.countermark.apitokens.TokenStore.Change;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What was changed and by whom, in the memory of an {@link InMemoryTokenStore}, whose monitor guards it. */
final class MemoryAudit {

    private final List<AuditEntry> entries = new ArrayList<>();

    MemoryAudit copy() {
        var copy = new MemoryAudit();
        copy.entries.addAll(entries);
        return copy;
    }

    /**
     * Adds an entry.
     *
     * @param tokenId empty where no single token was changed
     * @param subject empty where none is known
     */
    void add(Change change, AuditEntry.Action action, String tokenId, String subject, String detail) {
        entries.add(new AuditEntry(
                entries.size() + 1L,
                change.at(),
                change.actor(),
                action,
                Optional.of(tokenId).filter(id -> !id.isEmpty()),
                Optional.of(subject).filter(name -> !name.isEmpty()),
                detail));
    }

    /** The latest first. */
    Page<AuditEntry> list(AuditQuery query) {
        long before = TokenCursor.parseNumber(query.cursor());
        var found = entries.stream()
                .filter(entry -> entry.number() < before)
                .filter(entry -> query.tokenId().isEmpty() || entry.tokenId().equals(query.tokenId()))
                .filter(entry -> query.subject().isEmpty() || entry.subject().equals(query.subject()))
                .sorted(Comparator.comparingLong(AuditEntry::number).reversed());
        return Page.first(found, query.limit(), entry -> Long.toString(entry.number()));
    }
}
