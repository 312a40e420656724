package dev.countermark.server.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * A certificate chain and its private key, as PEM, looked at before the service starts: Spring answers a missing file with a
 * stack trace, and Jetty serves a key of another certificate to clients that cannot tell what is wrong.
 *
 * @param certificateName the option or property that names the certificate
 * @param keyName the option or property that names the key
 */
record TlsFiles(String certificateName, Path certificate, String keyName, Path key) {

    /**
     * Sees that both can be read and belong together.
     *
     * @param password of the key, null if it has none
     * @throws IllegalArgumentException if not; the message names option and file, and says what it should hold
     */
    void requireUsable(@Nullable String password) {
        var own = chainStart();
        var secret = privateKey(password);
        var algorithm = switch (secret.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA" -> "EdDSA";
            default ->
                throw new IllegalArgumentException(keyName + ": " + key
                        + " holds a key of a kind that does not end TLS here; use RSA, EC or Ed25519");
        };
        if (!belongs(own, secret, algorithm)) {
            throw new IllegalArgumentException(
                    keyName + ": the key in " + key + " is not that of the first certificate in " + certificate
                            + "; the server's own comes first, then those of its authorities");
        }
    }

    private X509Certificate chainStart() {
        try {
            var chain = read(certificateName, certificate).getCertificates();
            if (!chain.isEmpty()) {
                return chain.get(0);
            }
        } catch (IllegalStateException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                certificateName + ": " + certificate + " holds no certificate as PEM (-----BEGIN CERTIFICATE-----)");
    }

    private PrivateKey privateKey(@Nullable String password) {
        try {
            var secret = read(keyName, key).getPrivateKey(password);
            if (secret != null) {
                return secret;
            }
        } catch (IllegalStateException e) {
            // Its message and cause could hold a piece of the key.
        }
        throw new IllegalArgumentException(
                keyName + ": " + key + " holds no private key as PEM (-----BEGIN PRIVATE KEY-----) "
                        + (password == null ? "without a password" : "with this password"));
    }

    private static PemContent read(String name, Path file) {
        try {
            if (Files.isRegularFile(file)) {
                return PemContent.load(file);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(name + ": " + file + " cannot be read by this user");
        }
        throw new IllegalArgumentException(name + ": there is no file " + file);
    }

    private static boolean belongs(X509Certificate certificate, PrivateKey key, String algorithm) {
        try {
            var signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(new byte[1]);
            var signature = signing.sign();
            var verifying = Signature.getInstance(algorithm);
            verifying.initVerify(certificate.getPublicKey());
            verifying.update(new byte[1]);
            return verifying.verify(signature);
        } catch (GeneralSecurityException e) {
            // A key of another kind.
            return false;
        }
    }
}
