package dev.countermark.cli.doctor;

import dev.countermark.apitokens.ApiTokenOptions;
import dev.countermark.apitokens.ApiTokens;
import dev.countermark.apitokens.KeyFile;
import dev.countermark.apitokens.KeyInfo;
import dev.countermark.apitokens.KeyMismatchException;
import dev.countermark.apitokens.NodeInfo;
import dev.countermark.apitokens.NodeStatus;
import dev.countermark.apitokens.TokenStore;
import dev.countermark.apitokens.TokenStoreException;
import dev.countermark.cli.files.PrivateFile;
import dev.countermark.cli.store.StoreOptions;
import dev.countermark.cli.terminal.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keys, database and lease of an installation on this machine. */
final class StoreExamination {

    private static final String KEYS = "keys";
    private static final String DATABASE = "database";
    private static final String LEASE = "lease";

    private final StoreOptions store;
    private final Surroundings surroundings;
    private final Examination examination;

    StoreExamination(StoreOptions store, Surroundings surroundings, Examination examination) {
        this.store = store;
        this.surroundings = surroundings;
        this.examination = examination;
    }

    void run() throws IOException {
        var file = store.keyFile(surroundings);
        boolean usable = keys(file);
        var database = store.databaseFile(surroundings);
        if (database != null && !Files.exists(database)) {
            examination.warn(
                    DATABASE,
                    "there is none yet at " + database,
                    "start the service or issue a token, which makes it, or name another one with --data or --database-url");
            return;
        }
        if (database != null && PrivateFile.isOpenToOthers(database)) {
            examination.problem(
                    DATABASE,
                    "others on this machine may read or write " + database,
                    "mend it with: chmod 600 " + database);
        }
        try (var opened = store.open(surroundings)) {
            examination.ok(DATABASE, "it opens, and its settings lose nothing that was acknowledged");
            if (usable) {
                recorded(opened, file);
                lease(opened, file);
            }
        } catch (TokenStoreException e) {
            examination.problem(DATABASE, String.valueOf(e.getMessage()), "see docs/guide/operating.md");
        }
    }

    private boolean keys(KeyFile file) throws IOException {
        if (!file.exists()) {
            examination.problem(
                    KEYS,
                    "there are none at " + file.path(),
                    "copy the file of keys from another node or a backup, or make the first key with: countermark keys add");
            return false;
        }
        openToOthers(file.path());
        try {
            int count = file.keyring().keys().size();
            examination.ok(KEYS, count + (count == 1 ? " key" : " keys") + " in " + file.path());
            return true;
        } catch (IllegalArgumentException | TokenStoreException | UncheckedIOException e) {
            examination.problem(
                    KEYS,
                    "those at " + file.path() + " cannot be used: " + e.getMessage(),
                    "restore the file from a backup");
            return false;
        }
    }

    private void openToOthers(Path file) throws IOException {
        if (PrivateFile.isOpenToOthers(file)) {
            examination.problem(
                    KEYS, "others on this machine may read or write " + file, "mend it with: chmod 600 " + file);
        }
    }

    private void recorded(TokenStore opened, KeyFile file) {
        var here = file.keyring().keys().stream().map(key -> key.fingerprint()).toList();
        for (var key : opened.keys()) {
            if (key.state() != KeyInfo.State.RETIRED && !here.contains(key.fingerprint())) {
                examination.problem(
                        KEYS,
                        "nodes have the key " + key.fingerprint() + ", and the file here does not",
                        "copy the file of keys from another node, or end the key with: countermark keys retire "
                                + key.fingerprint());
            }
        }
        for (var node : opened.nodes()) {
            if (node.live() && !node.keyFingerprints().contains(here.get(0))) {
                examination.warn(
                        KEYS,
                        "the live node " + node.name() + " lacks the key that signs here, and refuses its tokens",
                        "copy the file of keys to it");
            }
        }
        examination.ok("nodes", opened.nodes().stream().filter(NodeInfo::live).count() + " live on this database");
    }

    private void lease(TokenStore opened, KeyFile file) {
        var options = ApiTokenOptions.DEFAULT.nodeName("countermark doctor").unlisted();
        try (var tokens = ApiTokens.start(opened, file, options)) {
            var status = tokens.status();
            if (status.state() == NodeStatus.State.HEARING) {
                examination.ok(
                        LEASE,
                        "revocations are heard; " + status.revocations() + " are in force, the last one has number "
                                + status.feedNumber());
            } else if (status.state() == NodeStatus.State.RESTORED) {
                examination.problem(
                        LEASE,
                        "the database is older than what nodes remember",
                        "answer with: countermark tokens restored refuse_issued_before, or accept if no revocation was lost");
            } else {
                examination.problem(
                        LEASE, "revocations cannot be heard", "see that the database answers within a second");
            }
        } catch (KeyMismatchException | TokenStoreException e) {
            examination.problem(
                    LEASE, String.valueOf(e.getMessage()), "no node starts like this; see docs/guide/operating.md");
        }
    }
}
