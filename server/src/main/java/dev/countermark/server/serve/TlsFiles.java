package dev.countermark.server.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * A certificate chain and its private key, as PEM, looked at before the service starts: Spring answers a missing file with a
 * stack trace, and Jetty serves a key of another certificate to clients that cannot tell what is wrong.
 */
record TlsFiles(Path certificate, Path key) {

    /**
     * Sees that both can be read and belong together.
     *
     * @throws IllegalArgumentException if not; the message names the file and says what it should hold
     */
    void requireUsable() {
        var own = chainStart();
        var secret = privateKey();
        var algorithm = switch (secret.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA" -> "EdDSA";
            default ->
                throw new IllegalArgumentException(
                        key + " holds a key of a kind that does not end TLS here; use RSA, EC or Ed25519");
        };
        if (!belongs(own, secret, algorithm)) {
            throw new IllegalArgumentException("the key in " + key + " is not that of the first certificate in "
                    + certificate + "; the server's own comes first, then those of its authorities");
        }
    }

    private X509Certificate chainStart() {
        try {
            var chain = read(certificate).getCertificates();
            if (!chain.isEmpty()) {
                return chain.get(0);
            }
        } catch (IllegalStateException e) {
            // Said below.
        }
        throw new IllegalArgumentException(certificate + " holds no certificate as PEM (-----BEGIN CERTIFICATE-----)");
    }

    private PrivateKey privateKey() {
        try {
            var secret = read(key).getPrivateKey();
            if (secret != null) {
                return secret;
            }
        } catch (IllegalStateException e) {
            // Its message and cause could hold a piece of the key.
        }
        throw new IllegalArgumentException(
                key + " holds no private key as PEM (-----BEGIN PRIVATE KEY-----) without a password");
    }

    private static PemContent read(Path file) {
        try {
            if (Files.isRegularFile(file)) {
                return PemContent.load(file);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read by this user");
        }
        throw new IllegalArgumentException("there is no file " + file);
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
