package dev.countermark.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority that no machine trusts, and a certificate of it for 127.0.0.1, by the JDK's keytool, as PEM. */
final class CertificateFiles {

    private static final String PASSWORD = "changeit";

    private final Path folder;

    private CertificateFiles(Path folder) {
        this.folder = folder;
    }

    static CertificateFiles in(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        var files = new CertificateFiles(folder);
        files.make();
        return files;
    }

    Path authority() {
        return folder.resolve("authority.pem");
    }

    Path certificate() {
        return folder.resolve("server.pem");
    }

    Path key() {
        return folder.resolve("server.key");
    }

    /** A client's trust in the authority, and in nobody else. */
    SSLContext trusting() throws IOException, GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", store().getCertificate("authority"));
        factory.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private void make() throws IOException, InterruptedException, GeneralSecurityException {
        keytool("-genkeypair", "-alias", "authority", "-keyalg", "EC", "-dname", "CN=Test authority", "-ext", "bc:c");
        keytool(
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=server",
                "-ext",
                "san=ip:127.0.0.1",
                "-signer",
                "authority");
        var store = store();
        var chain = new StringBuilder();
        for (var each : store.getCertificateChain("server")) {
            chain.append(pem("CERTIFICATE", each.getEncoded()));
        }
        Files.writeString(certificate(), chain);
        Files.writeString(
                authority(),
                pem("CERTIFICATE", store.getCertificate("authority").getEncoded()));
        Key key = store.getKey("server", PASSWORD.toCharArray());
        Files.writeString(key(), pem("PRIVATE KEY", key.getEncoded()));
    }

    private KeyStore store() throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(folder.resolve("all.p12"))) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        }
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(der)
                + "\n-----END " + what + "-----\n";
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        all.addAll(List.of(arguments));
        all.addAll(List.of("-keystore", folder.resolve("all.p12").toString(), "-storepass", PASSWORD));
        var out = folder.resolve("keytool.txt");
        var process = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isZero();
    }
}
