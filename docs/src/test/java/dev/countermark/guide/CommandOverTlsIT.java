package dev.countermark.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command drives the service over TLS, with a certificate of an authority that no machine trusts. */
class CommandOverTlsIT {

    private static final String CERTIFICATES = """
            set -e
            ec='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
            openssl req -x509 $ec -keyout ca.key -out ca.pem -subj '/CN=Test authority' -days 90
            openssl req $ec -keyout server.key -out server.csr -subj /CN=server
            echo 'subjectAltName=IP:127.0.0.1' >names
            openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 90 -extfile names -out server.pem
            echo made
            """;

    @TempDir
    Path folder;

    @Test
    void a_named_authority_is_enough_for_the_command_and_without_it_nothing_is_sent() throws Exception {
        var console = new Console(folder);
        assumeTrue(
                console.output("openssl version").startsWith("OpenSSL"),
                "openssl is not installed; this test is skipped");
        assertThat(console.output(CERTIFICATES)).endsWith("made");
        var command =
                console.prepare("exec ./countermark serve --port 0 --tls-certificate server.pem --tls-key server.key");
        try (var service = StartedService.start(command, folder.resolve("service.log"))) {
            var there = " --url " + service.found("(https://127\\.0\\.0\\.1:\\d+)");
            var admin = "export COUNTERMARK_TOKEN='" + service.adminToken() + "'\n";

            var trusted = " --ca ca.pem" + there + "\n";
            var session = console.output(admin
                    + "until ./countermark keys list" + trusted + "do sleep 0.1; done\n"
                    + "./countermark doctor" + trusted
                    + "token=$(./countermark tokens issue --subject alice" + trusted.stripTrailing() + ")\n"
                    + "./countermark tokens list --subject alice" + trusted
                    + "echo \"$token\" | ./countermark tokens revoke --token -" + trusted
                    + "echo \"$token\" | ./countermark tokens verify -" + trusted + "echo verified $?\n"
                    + "./countermark tokens list" + there + "; echo stranger $?");
            assertThat(session)
                    .containsPattern("ok +tls +TLSv1\\.[23]")
                    .contains("alice", "verified 1")
                    .endsWith("stranger 69");
            assertThat(folder.resolve("err")).content().contains("no authority that is trusted", "--ca");
        }
    }
}
