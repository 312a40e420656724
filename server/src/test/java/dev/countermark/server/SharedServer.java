package dev.countermark.server;

/** One service for all tests that do it no harm: starting one takes seconds. It ends with the process. */
public final class SharedServer {

    private static final class Holder {

        static final RunningServer SERVER = RunningServer.start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }

    private SharedServer() {}

    public static RunningServer get() {
        return Holder.SERVER;
    }
}
