package dev.countermark.server;

import dev.countermark.server.serve.ServeCommand;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service {@code countermark serve}: API tokens over HTTP, with an admin page. */
@SpringBootApplication(proxyBeanMethods = false)
public class CountermarkServer {

    /** Starts the service, or says what is wrong with the command line. */
    public static void main(String[] arguments) {
        int code = ServeCommand.run(CountermarkServer.class, arguments);
        if (code != 0) {
            System.exit(code);
        }
    }
}
