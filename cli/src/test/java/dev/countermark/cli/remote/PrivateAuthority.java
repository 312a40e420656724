package dev.countermark.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.cli.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority that no machine trusts, made by the JDK's keytool, and the certificates it makes. */
final class PrivateAuthority {

    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final Path keys;

    PrivateAuthority(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.keys = folder.resolve("authority.p12");
        keytool("-genkeypair", "-alias", "authority", "-keyalg", "EC", "-dname", "CN=Test authority", "-ext", "bc:c");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "authority",
                "-file",
                certificate().toString());
    }

    /** Its own certificate, as PEM. */
    Path certificate() {
        return folder.resolve("authority.pem");
    }

    /** What a server needs with a certificate for some names, valid for so many days. */
    SSLContext server(String alias, String names, int days)
            throws IOException, InterruptedException, GeneralSecurityException {
        keytool(
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + alias,
                "-ext",
                "san=" + names,
                "-validity",
                Integer.toString(days),
                "-signer",
                "authority");
        var all = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
        var one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        one.setKeyEntry(
                alias,
                all.getKey(alias, PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                all.getCertificateChain(alias));
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(one, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var out = folder.resolve("keytool.txt");
        var all = Session.join(
                Session.join(new String[] {keytool}, arguments), "-keystore", keys.toString(), "-storepass", PASSWORD);
        var process = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isZero();
    }
}
