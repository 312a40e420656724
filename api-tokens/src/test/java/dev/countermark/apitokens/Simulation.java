package dev.countermark.apitokens;

import dev.countermark.Keyring;
import dev.countermark.SigningKey;
import dev.countermark.apitokens.ApiTokenVerdict.Valid;
import dev.countermark.apitokens.TokenStore.Change;
import dev.countermark.apitokens.TokenStore.Draft;
import dev.countermark.apitokens.TokenStore.FeedEntry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Some nodes, a database and a bad network, in a time of their own: one seed is one schedule.
 *
 * <p>The feed, the lease, the revocations, the keys and the check are those of production. A call to the database takes
 * time, and while it does everything else goes on: events run inside the call, also those of the same node, as if on
 * other threads. A node can stop between reading its clock and using what it read. Long because the world is in it.
 */
final class Simulation {

    static final Duration LEASE = Duration.ofSeconds(5);

    private static final SigningKey FIRST = SigningKey.generate();
    private static final SigningKey SECOND = SigningKey.generate();
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long START = 1_800_000_000L * SECOND_NANOS;
    private static final int DEEPEST = 12;
    private static final int SUBJECTS = 4;

    private final Random random;
    private final boolean leaseEnforced;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final List<Issued> tokens = new ArrayList<>();
    private final List<Promise> promises = new ArrayList<>();
    private final DatabaseClock databaseClock = new DatabaseClock();

    private InMemoryTokenStore database = new InMemoryTokenStore(databaseClock);
    private InMemoryTokenStore backup = database.copy();
    private long databaseDownUntil;
    /** Number of the entry that answered the last restore; of a revocation committed before it, the answer knows nothing. */
    private long answered;

    private long doubtedAt = Long.MAX_VALUE;
    private long now = START;
    private long order;
    private int depth;

    int valid;
    int refused;
    int unavailable;
    int revocations;
    int restores;
    int kills;
    final List<String> violations = new ArrayList<>();

    Simulation(long seed, boolean leaseEnforced) {
        this.random = new Random(seed);
        this.leaseEnforced = leaseEnforced;
        int count = 2 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            nodes.add(new SimulatedNode(i));
        }
    }

    private record Event(long at, long order, Runnable action, SimulatedNode node) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    private record Issued(String text, Claims claims, Instant at, boolean secondKey, long issuedBefore) {}

    /** That a token is refused: at once by the life of a node that acknowledged it, by the others after the lease. */
    private record Promise(
            FeedEntry.Kind kind,
            String target,
            long acknowledged,
            long asked,
            SimulatedNode by,
            int life,
            long number,
            boolean answered) {

        boolean covers(Issued token) {
            return switch (kind) {
                case TOKEN -> token.claims().id().equals(target);
                // A token of a time that a restore has undone may be of a later generation than any since, until
                // the operator has answered.
                case SUBJECT ->
                    token.claims().subject().equals(target)
                            && token.issuedBefore() <= asked
                            && (answered || token.claims().generation() < number);
                case KEY -> token.secondKey();
                case INCARNATION -> false;
            };
        }
    }

    private final class DatabaseClock extends Clock {
        private long offset;
        private Instant latest = Instant.EPOCH;

        @Override
        public Instant instant() {
            var time = Instant.ofEpochSecond(0, now + offset);
            latest = time.isAfter(latest) ? time : latest;
            return time;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Ends everything that a node does at the moment it is killed. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    void run(long seconds) {
        int actions = 40 + random.nextInt(80);
        for (int i = 0; i < actions; i++) {
            schedule(random.nextLong(seconds * SECOND_NANOS), this::somethingHappens, null);
        }
        for (int i = 0; i < 3 * actions; i++) {
            schedule(random.nextLong(seconds * SECOND_NANOS), this::somebodyChecks, null);
        }
        for (var node : nodes) {
            node.schedulePoll();
        }
        runUntil(START + seconds * SECOND_NANOS, null);
    }

    private void schedule(long delay, Runnable action, SimulatedNode node) {
        events.add(new Event(now + delay, order++, action, node));
    }

    /** Lets the world go on until a time; a node that is paused does nothing till it wakes. */
    private void runUntil(long until, SimulatedNode caller) {
        if (depth < DEEPEST) {
            depth++;
            while (!events.isEmpty() && events.peek().at() <= until) {
                var event = events.poll();
                now = Math.max(now, event.at());
                var node = event.node();
                if (node != null && node.pausedUntil > now) {
                    events.add(new Event(node.pausedUntil, order++, event.action(), node));
                    continue;
                }
                try {
                    event.action().run();
                } catch (Killed e) {
                    kills++;
                }
            }
            depth--;
        }
        now = Math.max(now, until);
        if (caller != null && caller.pausedUntil > now) {
            runUntil(caller.pausedUntil, caller);
        }
    }

    private SimulatedNode anyNode() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    private void onNode(SimulatedNode node, Runnable action) {
        // Goes through the queue, so that a paused node does it when it wakes.
        schedule(0, action, node);
    }

    private void somebodyChecks() {
        if (!tokens.isEmpty()) {
            var node = anyNode();
            var token = tokens.get(random.nextInt(tokens.size()));
            onNode(node, () -> node.check(token));
        }
    }

    private void somethingHappens() {
        var node = anyNode();
        int dice = random.nextInt(100);
        if (dice < 34) {
            issue();
        } else if (dice < 60) {
            onNode(node, node::revokeSomething);
        } else if (dice < 68) {
            node.pausedUntil = now + random.nextLong(12 * SECOND_NANOS);
        } else if (dice < 74) {
            node.kill();
            schedule(random.nextLong(8 * SECOND_NANOS), node::start, null);
        } else if (dice < 84) {
            node.wallOffset += jump();
        } else if (dice < 86) {
            databaseClock.offset += jump();
        } else if (dice < 90) {
            databaseDownUntil = now + random.nextLong(10 * SECOND_NANOS);
        } else if (dice < 93) {
            onNode(node, node::prune);
        } else if (dice < 96) {
            backup = database.copy();
        } else if (dice < 98) {
            restore();
        } else {
            answer();
        }
    }

    private long jump() {
        long size = random.nextBoolean() ? 3 * SECOND_NANOS : 3 * 86_400 * SECOND_NANOS;
        return random.nextLong(2 * size) - size;
    }

    private void issue() {
        var subject = "s" + random.nextInt(SUBJECTS);
        long asked = now;
        var issuedAt = Instant.ofEpochSecond(now / SECOND_NANOS);
        boolean second = random.nextInt(4) == 0;
        var key = second ? SECOND : FIRST;
        var lifetime = random.nextInt(5) == 0 ? Duration.ofSeconds(20) : Duration.ofDays(90);
        var token = database.issue(
                new Draft(
                        TokenId.random(),
                        "cm",
                        subject,
                        "",
                        "",
                        Map.of(),
                        issuedAt,
                        issuedAt.plus(lifetime),
                        key.fingerprint(),
                        false,
                        Optional.empty()),
                new Change("sim", issuedAt));
        var claims = Claims.of(token);
        var text = SignedTokens.withStore(Keyring.of(key), "cm", databaseClock).sign(claims, issuedAt);
        tokens.add(new Issued(text, claims, issuedAt, second, asked));
    }

    /** Everything since the backup is lost; whoever remembers any of it must notice. */
    private void restore() {
        restores++;
        answered = Long.MAX_VALUE;
        var before = database.read(0, 0, 0);
        database = backup.copy();
        var after = database.read(0, 0, 0);
        promises.removeIf(promise -> promise.number() > after.number());
        for (var node : nodes) {
            var remembered = node.remembered;
            node.mustNoticeSince = Long.MAX_VALUE;
            node.lost = List.of();
            if (remembered != null
                    && remembered.incarnation() == after.incarnation()
                    && remembered.number() > after.number()
                    && before.number() > after.number()) {
                node.mustNoticeSince = now;
                node.lost = remembered.witnesses().stream()
                        .filter(witness -> witness.number() > after.number())
                        .toList();
            }
        }
        doubtedAt = Long.MAX_VALUE;
    }

    private void answer() {
        database.reincarnate(
                random.nextBoolean() ? Optional.of(databaseClock.instant()) : Optional.empty(),
                new Change("operator", Instant.ofEpochSecond(0, now)));
        if (answered == Long.MAX_VALUE) {
            answered = database.read(0, 0, 0).number();
        }
        nodes.forEach(node -> node.mustNoticeSince = Long.MAX_VALUE);
        doubtedAt = Long.MAX_VALUE;
    }

    /** One process: what production has in a node, without its threads. */
    private final class SimulatedNode implements NodeTime, FeedMemory.Place {

        private final int number;
        private long wallOffset = random.nextLong(4 * SECOND_NANOS) - 2 * SECOND_NANOS;
        private long pausedUntil;
        private long mustNoticeSince = Long.MAX_VALUE;
        private int life;
        private boolean alive;
        private boolean polling;
        private FeedMemory saved;
        private FeedMemory remembered;
        private List<FeedMemory.Witness> lost = List.of();

        private Revocations revocations;
        private Feed feed;
        private Checker checker;
        private NodeKeys keys;
        private TokenStore store;

        SimulatedNode(int number) {
            this.number = number;
            start();
        }

        void start() {
            if (alive) {
                return;
            }
            life++;
            alive = true;
            polling = false;
            remembered = saved;
            int thisLife = life;
            store = (TokenStore) Proxy.newProxyInstance(
                    TokenStore.class.getClassLoader(),
                    new Class<?>[] {TokenStore.class},
                    (proxy, method, arguments) -> call(method, arguments, thisLife));
            var lease = new Lease(this, LEASE, leaseEnforced);
            revocations = new Revocations();
            keys = new NodeKeys(KeySource.of(Keyring.of(FIRST).accepting(SECOND)), "cm", this, revocations);
            feed = new Feed(store, lease, revocations, this, keys::retired);
            checker = new Checker(keys::verifying, this, lease, revocations, this::poll, store, new LastUses(this));
        }

        void kill() {
            alive = false;
            life++;
        }

        private void requireAlive(int thisLife) {
            if (!alive || life != thisLife) {
                throw new Killed();
            }
        }

        @Override
        public long monotonic() {
            long read = now;
            if (alive && random.nextInt(60) == 0) {
                // The machine stops this process just after it has read its clock.
                int thisLife = life;
                pausedUntil = Math.max(pausedUntil, now + random.nextLong(9 * SECOND_NANOS));
                runUntil(pausedUntil, this);
                requireAlive(thisLife);
            }
            return read;
        }

        @Override
        public long wall() {
            return (now + wallOffset) / 1_000_000;
        }

        @Override
        public Optional<FeedMemory> load() {
            return Optional.ofNullable(saved);
        }

        @Override
        public void save(FeedMemory memory) {
            saved = memory;
            remembered = memory;
        }

        void schedulePoll() {
            long delay = SECOND_NANOS / 2 + random.nextLong(SECOND_NANOS);
            schedule(
                    delay,
                    () -> {
                        schedulePoll();
                        if (alive) {
                            poll();
                        }
                    },
                    this);
        }

        private void poll() {
            if (polling || !alive) {
                return;
            }
            int thisLife = life;
            polling = true;
            try {
                feed.poll();
            } catch (TokenStoreException e) {
                return;
            } finally {
                if (life == thisLife) {
                    polling = false;
                    if (database.read(0, 0, 0).doubted()) {
                        doubtedAt = Math.min(doubtedAt, now);
                    }
                }
            }
        }

        private void travel(int thisLife) {
            long delay = random.nextInt(8) == 0 ? random.nextLong(4 * SECOND_NANOS) : random.nextLong(20_000_000);
            runUntil(now + delay, this);
            requireAlive(thisLife);
        }

        private Object call(Method method, Object[] arguments, int thisLife) throws Throwable {
            int fate = random.nextInt(20);
            travel(thisLife);
            if (fate == 0 || now < databaseDownUntil) {
                throw new TokenStoreException("the request was lost");
            }
            Object result;
            try {
                result = method.invoke(database, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            travel(thisLife);
            if (fate == 1) {
                throw new OutcomeUnknownException(new IllegalStateException("the answer was lost"));
            }
            return result;
        }

        void check(Issued token) {
            if (!alive) {
                return;
            }
            int thisLife = life;
            long start = now;
            var verdict = checker.check(token.text());
            if (!alive || life != thisLife) {
                return;
            }
            if (verdict instanceof Valid) {
                valid++;
                examine(token, start);
            } else if (verdict instanceof ApiTokenVerdict.Unavailable) {
                unavailable++;
            } else {
                refused++;
            }
        }

        private void examine(Issued token, long start) {
            for (var promise : promises) {
                boolean own = promise.by() == this && promise.life() == life;
                long from = promise.acknowledged() + (own ? 0 : LEASE.toNanos());
                if (start > from && promise.covers(token)) {
                    violations.add("node " + number + " said yes " + (start - promise.acknowledged()) / 1_000_000
                            + " ms after " + promise.kind() + " was acknowledged" + (own ? " by itself" : ""));
                }
            }
            // Once all lost entries that it remembers have long ceased to matter, they may be gone for that reason.
            boolean remembers = lost.stream()
                    .anyMatch(witness ->
                            !databaseClock.latest.minus(TokenStore.KEPT_LONGER).isAfter(witness.keepUntil()));
            long noticed = Math.min(remembers ? mustNoticeSince : Long.MAX_VALUE, doubtedAt);
            if (noticed != Long.MAX_VALUE && start > noticed + LEASE.toNanos()) {
                violations.add("node " + number + " said yes on a restored database, "
                        + (start - noticed) / 1_000_000 + " ms after " + (noticed == doubtedAt ? "doubt" : "restore")
                        + ", remembers " + remembered + ", database " + database.read(0, 0, 0));
            }
        }

        void revokeSomething() {
            if (!alive || tokens.isEmpty()) {
                return;
            }
            int thisLife = life;
            long asked = now;
            var token = tokens.get(random.nextInt(tokens.size()));
            var change = new Change("sim", NodeTime.super.now());
            int dice = random.nextInt(12);
            var kind = dice == 0 ? FeedEntry.Kind.KEY : dice < 4 ? FeedEntry.Kind.SUBJECT : FeedEntry.Kind.TOKEN;
            var target = switch (kind) {
                case TOKEN -> token.claims().id();
                case SUBJECT -> token.claims().subject();
                case KEY -> SECOND.fingerprint();
                case INCARNATION -> throw new IllegalStateException();
            };
            // The same store until the restore that may come while the call is under way.
            var asIs = database;
            try {
                var entry = switch (kind) {
                    case TOKEN ->
                        store.revoke(
                                        target,
                                        Optional.of(Instant.ofEpochSecond(
                                                token.claims().expiresAt())),
                                        change)
                                .orElseThrow();
                    case SUBJECT -> store.revokeSubject(target, change.at().plus(Duration.ofDays(400)), change);
                    case KEY -> store.retireKey(target, change);
                    case INCARNATION -> throw new IllegalStateException();
                };
                requireAlive(thisLife);
                revocations.apply(entry);
                keys.retired();
                acknowledge(kind, target, asked, entry.number(), asIs);
            } catch (OutcomeUnknownException e) {
                if (kind == FeedEntry.Kind.TOKEN) {
                    revocations.refuse(target, 0, token.claims().expiresAt());
                }
            } catch (TokenStoreException e) {
                return;
            }
        }

        private void acknowledge(FeedEntry.Kind kind, String target, long asked, long number, InMemoryTokenStore asIs) {
            Simulation.this.revocations++;
            // What was committed before a restore and acknowledged after it is lost, if the backup is older.
            if (asIs == database) {
                promises.add(new Promise(kind, target, now, asked, this, life, number, number > answered));
            }
            for (var other : nodes) {
                if (other != this && random.nextInt(3) > 0) {
                    schedule(random.nextLong(80_000_000), other::poll, other);
                }
            }
        }

        void prune() {
            if (alive) {
                try {
                    store.prune(NodeTime.super.now());
                } catch (TokenStoreException e) {
                    return;
                }
            }
        }
    }
}
