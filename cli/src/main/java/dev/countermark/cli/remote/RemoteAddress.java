package dev.countermark.cli.remote;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpTimeoutException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a server, to which a token may be sent.
 *
 * @param base what every path is appended to; it ends without a slash
 */
public record RemoteAddress(URI base) {

    // A name could be anybody's; these are this machine's, whatever a name service says.
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

    private static final String NO_ADDRESS =
            "a server's address is http:// or https:// with a host and, where there is one,"
                    + " a port and a path, for instance https://tokens.example or http://127.0.0.1:8080";

    /**
     * Reads an address.
     *
     * @param plainAllowed whether tokens may go over plain http to other machines
     * @throws IllegalArgumentException if it is none, or a token on its way there could be read by others
     */
    static RemoteAddress of(String text, boolean plainAllowed) {
        URI uri;
        try {
            uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(NO_ADDRESS);
        }
        var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean web = scheme.equals("https") || scheme.equals("http");
        if (!web
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(NO_ADDRESS);
        }
        var address = new RemoteAddress(uri);
        if (!address.tls() && !plainAllowed && !address.isLoopback()) {
            throw new IllegalArgumentException("on its way to " + uri.getHost()
                    + " others could read the token: use https://, or say --allow-plain-http");
        }
        return address;
    }

    /** Whether it is this machine, by an address that no name service can change. */
    public boolean isLoopback() {
        return LOOPBACK.matcher(base.getHost().toLowerCase(Locale.ROOT)).matches();
    }

    /** Whether what is sent there is encrypted. */
    public boolean tls() {
        return base.getScheme().equalsIgnoreCase("https");
    }

    /** Whether a request without TLS failed at what came back, or at nothing coming back: what a port with TLS does. */
    boolean speaksNoHttp(@Nullable Throwable failure) {
        return !tls()
                && failure instanceof IOException
                && !(failure instanceof ConnectException)
                && !(failure instanceof HttpTimeoutException);
    }

    /** Address of a path, whose parts are escaped already. */
    public URI at(String path) {
        return URI.create(base + path);
    }
}
