package dev.countermark.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countermark.apitokens.ApiTokenOptions;
import dev.countermark.apitokens.ApiTokenVerdict;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.InMemoryTokenStore;
import dev.countermark.apitokens.IssueRequest;
import dev.countermark.apitokens.IssuedToken;
import dev.countermark.apitokens.KeySource;
import dev.countermark.apitokens.RefusedChangeException;
import dev.countermark.apitokens.TokenQuery;
import dev.countermark.apitokens.TokenState;
import dev.countermark.apitokens.TokenStore;
import dev.countermark.apitokens.jdbc.JdbcTokenStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Any sequence of changes to API tokens beside {@link TokenModel}: after each change every token is checked, and the
 * store's records are compared with the model's. In memory, and now and then in a file of SQLite.
 */
class TokenStoreFuzz {

    private static final int MOST_TOKENS = 12;
    private static final int MOST_STEPS = 40;
    private static final int RUNS_OF_A_NODE = 500;

    /** One in so many runs goes to SQLite, which syncs every change to the disk. */
    private static final int ONE_IN = 128;

    /** A node with the clock that all runs on it share; it only goes forward. */
    private record Node(TokenStore store, ApiTokens tokens, MovableClock clock) {

        static Node of(TokenStore store, MovableClock clock) {
            var options = ApiTokenOptions.DEFAULT.clock(clock).unlisted();
            return new Node(store, ApiTokens.start(store, KeySource.of(Keys.KEYRING), options), clock);
        }

        void close() {
            tokens.close();
            store.close();
        }
    }

    private static @Nullable Node inMemory;
    private static @Nullable Node sqlite;
    private static int runs;

    private static Node node(boolean durable) {
        runs++;
        if (durable) {
            if (sqlite == null) {
                sqlite = Node.of(JdbcTokenStore.open(freshFile()), new MovableClock());
            }
            return sqlite;
        }
        if (inMemory != null && runs % RUNS_OF_A_NODE == 0) {
            inMemory.close();
            inMemory = null;
        }
        if (inMemory == null) {
            var clock = new MovableClock();
            inMemory = Node.of(new InMemoryTokenStore(clock), clock);
        }
        return inMemory;
    }

    private static String freshFile() {
        try {
            var folder = Files.createTempDirectory("countermark-fuzz");
            folder.toFile().deleteOnExit();
            return "jdbc:sqlite:" + folder.resolve("tokens.db");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FuzzTest
    void the_store_does_what_the_model_does(byte[] data) {
        var input = new Input(data);
        var node = node(input.choice(ONE_IN) == 1);
        new Run(node, "run " + runs + " ").steps(input);
    }

    private static final class Run {

        private final ApiTokens tokens;
        private final MovableClock clock;
        private final List<String> subjects;
        private final String idempotency;
        private final List<TokenModel> models = new ArrayList<>();
        private final Map<Integer, TokenModel> requests = new TreeMap<>();

        Run(Node node, String name) {
            this.tokens = node.tokens;
            this.clock = node.clock;
            this.subjects = List.of(name + "ada", name + "o'brien\"\\%_", name + "Zoë");
            this.idempotency = name;
        }

        void steps(Input input) {
            for (int i = 0; i < MOST_STEPS && !input.isEmpty(); i++) {
                step(input);
                models.forEach(this::compare);
                subjects.forEach(this::compareList);
            }
        }

        private void step(Input input) {
            switch (input.choice(7)) {
                case 0 -> {
                    if (models.size() < MOST_TOKENS) {
                        add(tokens.issue(request(input)));
                    }
                }
                case 1 -> repeat(input);
                case 2 -> clock.advance(Duration.ofSeconds(input.choice(8)));
                case 3 -> rotate(input);
                case 4 -> {
                    if (!models.isEmpty()) {
                        var model = models.get(input.choice(models.size()));
                        var outcome =
                                input.choice(2) == 0 ? tokens.revoke(model.id()) : tokens.revokeText(model.text());
                        require(outcome.found(), "a revocation finds its token");
                        model.revoke(clock.seconds());
                    }
                }
                case 5 -> {
                    var subject = subjects.get(input.choice(subjects.size()));
                    tokens.revokeSubject(subject);
                    models.stream()
                            .filter(model -> model.subject().equals(subject))
                            .forEach(model -> model.revoke(clock.seconds()));
                }
                default -> require(!tokens.revoke("0".repeat(32)).found(), "there is no such token");
            }
        }

        private IssueRequest request(Input input) {
            return IssueRequest.forSubject(subjects.get(input.choice(subjects.size())))
                    .lifetime(Duration.ofSeconds(1 + input.choice(20)));
        }

        private TokenModel add(IssuedToken issued) {
            var token = issued.token();
            var model = new TokenModel(
                    issued.text(),
                    token.id(),
                    token.subject(),
                    clock.seconds(),
                    Duration.between(token.issuedAt(), token.expiresAt()).toSeconds());
            models.add(model);
            return model;
        }

        /** The same request with the same idempotency key is the same token, whatever has become of it. */
        private void repeat(Input input) {
            int which = input.choice(2);
            var request = IssueRequest.forSubject(subjects.get(which))
                    .lifetime(Duration.ofSeconds(9))
                    .idempotencyKey(idempotency + which);
            if (requests.containsKey(which) || models.size() < MOST_TOKENS) {
                var issued = tokens.issue(request);
                var known = requests.get(which);
                if (known == null) {
                    requests.put(which, add(issued));
                } else {
                    require(known.text().equals(issued.text()), "a repeated request brings the same token");
                }
            }
        }

        private void rotate(Input input) {
            if (models.isEmpty() || models.size() == MOST_TOKENS) {
                return;
            }
            var model = models.get(input.choice(models.size()));
            long overlap = input.choice(6);
            boolean possible = model.canBeRotated(clock.seconds());
            try {
                var successor = tokens.rotate(model.id(), Duration.ofSeconds(overlap));
                require(possible, "a token that is not active is not rotated");
                model.rotate(clock.seconds(), overlap);
                require(add(successor).lifetime() == model.lifetime(), "a successor lives as long");
            } catch (RefusedChangeException e) {
                require(!possible, "an active token is rotated");
            }
        }

        private void compare(TokenModel model) {
            var verdict = tokens.check(model.text());
            var expected = model.verdict(clock.seconds());
            require(expected.isInstance(verdict), "a check answers as the model does");
            if (verdict instanceof ApiTokenVerdict.Revoked revoked) {
                require(!revoked.rotated() || model.isReplaced(), "replaced is what was replaced");
                require(revoked.rotated() || model.isRevoked(), "a token that was only replaced says so");
            }
            var state = tokens.find(model.id()).orElseThrow().state();
            require(state == model.state(clock.seconds()), "a record says what the model says");
        }

        private void compareList(String subject) {
            for (var state : TokenState.values()) {
                var listed = tokens.list(TokenQuery.all().subject(subject).state(state)).items().stream()
                        .map(token -> token.id())
                        .sorted()
                        .toList();
                var expected = models.stream()
                        .filter(model -> model.subject().equals(subject) && model.state(clock.seconds()) == state)
                        .map(TokenModel::id)
                        .sorted()
                        .toList();
                require(listed.equals(expected), "a list holds what the model holds");
            }
        }

        private static void require(boolean holds, String rule) {
            if (!holds) {
                throw new AssertionError("broken: " + rule);
            }
        }
    }
}
