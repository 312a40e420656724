package dev.countermark.server.http;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * What the proxy in front says about its client: the address, and whether it came with TLS.
 *
 * <p>Of {@code X-Forwarded-For} and {@code X-Forwarded-Proto} the last entry counts, which the proxy itself has added.
 * What stands before it, and in {@code Forwarded} and other headers that most proxies pass on, a client may have made up.
 */
final class ProxyHeaders implements HttpConfiguration.Customizer {

    /** An address, some proxies add the port: {@code 192.0.2.1:50000}, {@code [2001:db8::1]:50000}. */
    private static final Pattern ADDRESS = Pattern.compile(
            "(?<four>[0-9.]{7,15})(?::[0-9]{1,5})?|\\[?(?<six>[0-9A-Fa-f:.]{2,45})(?:](?::[0-9]{1,5})?)?");

    @Override
    public Request customize(Request request, HttpFields.Mutable answer) {
        var client = address(last("X-Forwarded-For", request));
        boolean secure = "https".equalsIgnoreCase(last("X-Forwarded-Proto", request));
        if (client == null && !secure) {
            return request;
        }
        var connection = new ConnectionMetaData.Wrapper(request.getConnectionMetaData()) {

            @Override
            public SocketAddress getRemoteSocketAddress() {
                return client != null ? client : super.getRemoteSocketAddress();
            }
        };
        return new Request.Wrapper(request) {

            @Override
            public boolean isSecure() {
                return secure || super.isSecure();
            }

            @Override
            public ConnectionMetaData getConnectionMetaData() {
                return connection;
            }
        };
    }

    private static @Nullable String last(String header, Request request) {
        var fields = request.getHeaders().getValuesList(header);
        if (fields.isEmpty()) {
            return null;
        }
        var field = fields.get(fields.size() - 1);
        return field.substring(field.lastIndexOf(',') + 1).strip();
    }

    private static @Nullable InetSocketAddress address(@Nullable String text) {
        var address = ADDRESS.matcher(text == null ? "" : text);
        if (!address.matches()) {
            return null;
        }
        var host = address.group("four") != null ? address.group("four") : address.group("six");
        return InetSocketAddress.createUnresolved(host, 0);
    }
}
