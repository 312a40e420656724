package dev.countermark.server.http;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.EagerContentHandler.RetainedContentLoaderFactory;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Bounds bodies, and waits for them without a thread, but at {@code /verify}: there nobody reads one, and a proxy may
 * announce a body that it does not pass on.
 */
final class BodyLimits extends Handler.Wrapper {

    private final Handler bodiless;

    BodyLimits(Handler application, int longest) {
        super(bounded(application, longest));
        this.bodiless = application;
    }

    private static Handler bounded(Handler application, int longest) {
        var bounded = new SizeLimitHandler(longest, -1);
        bounded.setHandler(
                new EagerContentHandler(application, new RetainedContentLoaderFactory(longest + 1L, 0, true)));
        return bounded;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var path = request.getHttpURI().getCanonicalPath();
        return path != null && (path.equals("/verify") || path.startsWith("/verify/"))
                ? bodiless.handle(request, response, callback)
                : super.handle(request, response, callback);
    }
}
