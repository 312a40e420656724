package dev.countermark.apitokens;

import dev.countermark.apitokens.TokenStore.FeedEntry;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * What is refused, in memory: revoked tokens, raised generations of subjects, retired keys.
 *
 * <p>Answers without a lock and without allocating. Entries only ever make more be refused, so their order does not
 * matter, and a second application changes nothing.
 */
final class Revocations {

    /** What {@link #of} answers. */
    enum Answer {
        /** Not refused. */
        NONE,
        /** Revoked, or of a generation that was. */
        REVOKED,
        /** Replaced, and its overlap is over. */
        ROTATED
    }

    private static final long LATEST = 0xffff_ffffL;
    private static final int GENERATION_BITS = 47;
    private static final long SECONDS_PER_DAY = 86_400;

    private final SubjectHash hash = SubjectHash.random();

    /** Token id to the second from which it is refused (upper half; 0 for at once), and until which it matters. */
    private volatile IdTable tokens = new IdTable();

    /** Hash of a subject to its generation, and the day until which that matters (16 bits). */
    private volatile IdTable subjects = new IdTable();

    private volatile Set<String> retired = Set.of();

    private volatile long refuseIssuedBefore;
    private volatile long floor;

    /** The second it is at least: expiry before this may have been forgotten. */
    long floor() {
        return floor;
    }

    Answer of(Claims claims, long issuedAt, long now) {
        if (issuedAt < refuseIssuedBefore) {
            return Answer.REVOKED;
        }
        long times = tokens.get(claims.idHigh(), claims.idLow());
        if (times != IdTable.ABSENT) {
            long effectiveAt = times >>> 32;
            if (effectiveAt == 0) {
                return Answer.REVOKED;
            }
            if (now >= effectiveAt) {
                return Answer.ROTATED;
            }
        }
        var raised = subjects;
        if (raised.size() > 0) {
            long generation = hash.get(raised, claims.subject());
            if (generation != IdTable.ABSENT && claims.generation() < generation >>> 16) {
                return Answer.REVOKED;
            }
        }
        return Answer.NONE;
    }

    synchronized void apply(FeedEntry entry) {
        long until = entry.keepUntil().getEpochSecond();
        switch (entry.kind()) {
            case TOKEN -> refuse(entry.target(), entry.effectiveAt().getEpochSecond(), until);
            case SUBJECT -> raise(entry.target(), entry.number(), until);
            case KEY -> retire(entry.target());
            case INCARNATION -> {}
        }
    }

    synchronized void refuse(String id, long effectiveAt, long until) {
        long high = TokenId.high(id);
        long low = TokenId.low(id);
        long from = Math.min(effectiveAt, LATEST);
        long to = Math.max(1, Math.min(until, LATEST));
        long known = tokens.get(high, low);
        if (known != IdTable.ABSENT) {
            from = Math.min(from, known >>> 32);
            to = Math.max(to, known & LATEST);
        }
        tokens.put(high, low, from << 32 | to);
    }

    synchronized void raise(String subject, long generation, long until) {
        if (generation >>> GENERATION_BITS != 0) {
            throw new TokenStoreException("the feed number is out of range; the database is damaged");
        }
        long day = Math.max(1, Math.min(until / SECONDS_PER_DAY + 1, 0xffff));
        long known = hash.get(subjects, subject);
        if (known != IdTable.ABSENT) {
            generation = Math.max(generation, known >>> 16);
            day = Math.max(day, known & 0xffff);
        }
        hash.put(subjects, subject, generation << 16 | day);
    }

    synchronized void retire(String keyFingerprint) {
        var more = new HashSet<>(retired);
        more.add(keyFingerprint);
        retired = Set.copyOf(more);
    }

    boolean isRetired(String keyFingerprint) {
        return retired.contains(keyFingerprint);
    }

    Instant refusedIssuedBefore() {
        return Instant.ofEpochSecond(refuseIssuedBefore);
    }

    /** Only ever later: what was refused stays so. */
    synchronized void refuseIssuedBefore(Instant time) {
        refuseIssuedBefore = Math.max(refuseIssuedBefore, time.getEpochSecond());
    }

    /** Forgets tokens that had expired by {@code prunedThrough}, and has expiry count from then on. */
    synchronized void forget(Instant prunedThrough) {
        long second = prunedThrough.getEpochSecond();
        if (second <= floor) {
            return;
        }
        // First nobody takes them for unexpired, then they may go.
        floor = second;
        tokens = tokens.keeping(times -> (times & LATEST) >= second);
        subjects = subjects.keeping(generation -> (generation & 0xffff) >= second / SECONDS_PER_DAY);
    }

    int size() {
        return tokens.size() + subjects.size() + retired.size();
    }

    long bytes() {
        return tokens.bytes() + subjects.bytes();
    }
}
