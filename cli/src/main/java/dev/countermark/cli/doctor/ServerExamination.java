package dev.countermark.cli.doctor;

import dev.countermark.cli.remote.NoAnswer;
import dev.countermark.cli.remote.Remote;
import dev.countermark.cli.remote.RemoteAddress;
import dev.countermark.cli.remote.RemoteFailure;
import dev.countermark.cli.remote.RemoteOptions;
import dev.countermark.cli.terminal.Surroundings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A running server, as a client sees it. */
final class ServerExamination {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final Duration RENEWAL = Duration.ofDays(14);
    private static final int PROBE_MILLIS = 500;
    private static final String SERVER = "server";
    private static final String TLS = "tls";
    private static final String EXPOSURE = "exposure";
    private static final String LEASE = "lease";

    private final RemoteAddress address;
    private final RemoteOptions remote;
    private final Surroundings surroundings;
    private final Examination examination;

    ServerExamination(RemoteAddress address, RemoteOptions remote, Surroundings surroundings, Examination examination) {
        this.address = address;
        this.remote = remote;
        this.surroundings = surroundings;
        this.examination = examination;
    }

    void run() throws IOException {
        var client = remote.client();
        var answer = ask("/verify", client);
        if (answer == null) {
            return;
        }
        boolean ours = answer.statusCode() == 401
                && answer.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Bearer");
        if (ours) {
            examination.ok(SERVER, "it answers, and lets nobody through without a token");
        } else if (answer.statusCode() >= 502 && answer.statusCode() <= 504) {
            examination.problem(
                    SERVER,
                    "it answers /verify with status " + answer.statusCode() + ", as a proxy does that reaches no node",
                    "see that countermark serve runs behind it, and that the proxy has its address");
        } else {
            examination.problem(
                    SERVER,
                    "it answers /verify without a token with status " + answer.statusCode() + " where 401 is due",
                    "see that --url is the address of countermark serve, with the path of a proxy in front of it, and says"
                            + " https:// for a port with TLS");
        }
        clock(answer);
        encryption(address, answer);
        exposure(address);
        if (remote.hasToken(surroundings)) {
            nodes(new Remote(address, client, remote.token(surroundings)));
        } else if (ours) {
            lease(client);
        }
    }

    /** What can be seen without a token: a node that lets nobody in shows no form to log in with. */
    private void lease(HttpClient client) {
        var answer = ask("/admin/login", client);
        if (answer == null) {
            return;
        }
        switch (answer.statusCode()) {
            case 200 -> examination.ok(LEASE, "revocations are heard");
            case 503 ->
                examination.problem(
                        LEASE,
                        "the node cannot hear revocations and answers 503 to every token",
                        "see that it reaches its database within a second; after a restore answer there with: countermark"
                                + " tokens restored");
            default ->
                examination.warn(
                        LEASE,
                        "whether the node hears revocations is not to be seen from here",
                        "ask with a token in COUNTERMARK_TOKEN, or where /admin is let through");
        }
    }

    private @Nullable HttpResponse<Void> ask(String path, HttpClient client) {
        var request =
                HttpRequest.newBuilder(address.at(path)).timeout(PATIENCE).GET().build();
        try {
            return client.sendAsync(request, BodyHandlers.discarding()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            unanswered(e.getCause());
        } catch (TimeoutException e) {
            unanswered(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            unanswered(e);
        }
        return null;
    }

    private void unanswered(@Nullable Throwable why) {
        var answer = NoAnswer.of(address, why);
        examination.problem(answer.tls() ? TLS : SERVER, answer.says(), answer.fix());
    }

    private void clock(HttpResponse<Void> answer) {
        var date = answer.headers().firstValue("Date").orElse("");
        try {
            var there = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            var skew = Duration.between(there, Instant.now()).abs();
            if (skew.compareTo(SKEW) > 0) {
                examination.problem(
                        "clock",
                        "the server's differs from the one here by " + skew.toSeconds() + " s",
                        "keep both with NTP: tokens signed more than 30 s in the future are refused");
            } else {
                examination.ok("clock", "the server's agrees with it");
            }
        } catch (DateTimeException e) {
            examination.warn("clock", "the server does not say what time it has", "compare its clock by hand");
        }
    }

    private void encryption(RemoteAddress address, HttpResponse<Void> answer) {
        var session = answer.sslSession().orElse(null);
        if (session == null) {
            if (!address.isLoopback()) {
                examination.problem(
                        TLS,
                        "tokens go to " + address.base().getHost() + " in the clear",
                        "serve with --tls-certificate and --tls-key, or let a proxy end TLS and use its address");
            }
            return;
        }
        try {
            var certificate = (X509Certificate) session.getPeerCertificates()[0];
            var end = certificate.getNotAfter().toInstant();
            if (end.isBefore(Instant.now().plus(RENEWAL))) {
                examination.warn(TLS, "the certificate ends at " + end, "renew it");
            } else {
                examination.ok(TLS, session.getProtocol() + ", with a certificate until " + end);
            }
        } catch (SSLPeerUnverifiedException e) {
            examination.problem(TLS, "the server shows no certificate", "serve with --tls-certificate and --tls-key");
        }
    }

    /** A server that is asked on loopback without TLS should answer nowhere else. */
    private void exposure(RemoteAddress address) throws IOException {
        if (address.tls() || !address.isLoopback()) {
            return;
        }
        int port = address.base().getPort() < 0 ? 80 : address.base().getPort();
        for (var device : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (var other : Collections.list(device.getInetAddresses())) {
                if (!other.isLoopbackAddress() && answers(other, port)) {
                    examination.problem(
                            EXPOSURE,
                            "port " + port + " is open on " + other.getHostAddress() + " too, without TLS",
                            "serve with --bind 127.0.0.1, or with --tls-certificate; behind a proxy on another machine let"
                                    + " a firewall admit the proxy alone");
                    return;
                }
            }
        }
        examination.ok(EXPOSURE, "port " + port + " is open on loopback only");
    }

    private static boolean answers(InetAddress address, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), PROBE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void nodes(Remote server) {
        JsonNode answer;
        try {
            answer = server.get("/v1/nodes");
        } catch (RemoteFailure e) {
            examination.problem("nodes", String.valueOf(e.getMessage()), "ask with an admin token");
            return;
        }
        var here = answer.path("this_node");
        var state = here.path("state").stringValue("");
        if (state.equals("hearing")) {
            examination.ok(
                    LEASE,
                    "revocations are heard; the node answers from memory for "
                            + here.path("lease_remaining").asString("?") + " s more");
        } else {
            examination.problem(
                    LEASE,
                    "the node is " + state + " and answers 503",
                    state.equals("restored")
                            ? "its database is older than what it remembers; answer there with: countermark tokens restored refuse_issued_before, or accept if no revocation was lost"
                            : "see that it reaches its database within a second");
        }
        int live = 0;
        for (var node : answer.path("nodes")) {
            live += node.path("live").booleanValue(false) ? 1 : 0;
        }
        examination.ok("nodes", live + " live");
    }
}
