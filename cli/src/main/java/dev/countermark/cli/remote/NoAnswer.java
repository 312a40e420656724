package dev.countermark.cli.remote;

import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why a server could not be asked, in a sentence.
 *
 * @param tls whether it is the encryption
 * @param says what is so
 * @param fix what to do
 */
public record NoAnswer(boolean tls, String says, String fix) {

    private static final String RUNS = "see that countermark serve runs, and that this is its address and port";

    /**
     * What a failure means.
     *
     * @param failure what the client threw; null for nothing in particular
     */
    public static NoAnswer of(RemoteAddress address, @Nullable Throwable failure) {
        if (TrustedAuthorities.refused(failure)) {
            return new NoAnswer(
                    true,
                    "its certificate is of no authority that is trusted here, or is not for this name",
                    "use the name that the certificate is for; if a private authority made it, name that one's with --ca");
        }
        if (failure instanceof ConnectException) {
            return failure.getCause() instanceof UnresolvedAddressException
                    ? new NoAnswer(false, "there is no host of this name", "see that the name is spelt right")
                    : new NoAnswer(false, "nothing accepts a connection there", RUNS);
        }
        if (failure instanceof HttpTimeoutException || failure instanceof TimeoutException) {
            return new NoAnswer(false, "it does not answer in time", RUNS + ", and that no firewall is in between");
        }
        if (failure instanceof SSLException) {
            return new NoAnswer(
                    true,
                    "no TLS comes about with what answers there",
                    "give the port of TLS, or say http:// for one without it");
        }
        if (address.speaksNoHttp(failure)) {
            return new NoAnswer(
                    false,
                    "no HTTP comes about with what answers there",
                    "give the port of HTTP, or say https:// for one with TLS");
        }
        return new NoAnswer(false, "the connection ends before an answer has come", RUNS + ", and look at its log");
    }
}
