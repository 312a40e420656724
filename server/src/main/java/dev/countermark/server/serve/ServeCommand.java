package dev.countermark.server.serve;

import dev.countermark.apitokens.DataFolder;
import dev.countermark.server.log.TerminalLines;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code countermark serve}: its options, which become properties of the application and precede all others. */
@Command(
        name = "countermark serve",
        description = "Serve API tokens over HTTP, with an admin page.",
        mixinStandardHelpOptions = true,
        versionProvider = ServeCommand.Version.class,
        sortOptions = false,
        footerHeading = "%nKeys and database from the environment:%n",
        footer = {
            "  COUNTERMARK_KEYS or COUNTERMARK_KEY, COUNTERMARK_DATABASE_URL,",
            "  COUNTERMARK_DATABASE_USER, COUNTERMARK_DATABASE_PASSWORD, COUNTERMARK_HOME.",
            "Every other setting: --config."
        })
public final class ServeCommand {

    private static final int USAGE = 64;
    private static final int UNAVAILABLE = 69;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = {
                "Folder of the keys and of the SQLite database, made if absent; else $COUNTERMARK_HOME,"
                        + " else $XDG_DATA_HOME/countermark, else",
                // Alone, because a line may break behind its first dot.
                "~/.local/share/countermark."
            })
    private @Nullable Path data;

    @Option(names = "--port", paramLabel = "N", description = "Port, 8080 by default; 0 for any that is free.")
    private @Nullable Integer port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description =
                    "Address to listen on, 127.0.0.1 by default. Others need --tls-certificate or --behind-proxy.")
    private @Nullable String bind;

    @Option(names = "--tls-certificate", paramLabel = "FILE", description = "Certificate chain for HTTPS, as PEM.")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Private key of the certificate, as PEM.")
    private @Nullable Path certificateKey;

    @Option(
            names = "--behind-proxy",
            description = "A reverse proxy stands in front: it ends TLS, and its X-Forwarded-… headers are believed.")
    private boolean behindProxy;

    @Option(names = "--config", paramLabel = "FILE", description = "Properties or YAML file with further settings.")
    private @Nullable Path config;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "jdbc:postgresql://HOST/NAME for any number of nodes; keys are then given, never made.")
    private @Nullable String databaseUrl;

    @Option(names = "--keys", paramLabel = "FILE", description = "The file of keys; else keys in the data folder.")
    private @Nullable Path keys;

    @Option(
            names = "--management-port",
            paramLabel = "N",
            description = "Port of health, readiness and metrics, on 127.0.0.1 unless configured; off by default.")
    private @Nullable Integer managementPort;

    private ServeCommand() {}

    /**
     * Starts the service and returns.
     *
     * @return 0 when it runs, or after help; 64 for a wrong command line, 69 when it cannot start
     */
    public static int run(Class<?> application, String... arguments) {
        var command = new ServeCommand();
        var line = command.line();
        try {
            line.parseArgs(arguments);
            command.requireUsable(line);
        } catch (ParameterException e) {
            var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
            err.println("countermark: " + WrongUsage.of(e));
            err.println("Try: countermark serve --help");
            return USAGE;
        }
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        if (line.isUsageHelpRequested()) {
            line.usage(out);
            return 0;
        }
        if (line.isVersionHelpRequested()) {
            line.printVersionHelp(out);
            return 0;
        }
        try {
            command.start(application, System.getenv());
            return 0;
        } catch (RuntimeException e) {
            // The reporter has said what is wrong.
            return UNAVAILABLE;
        }
    }

    /** Starts the service with these arguments, and variables instead of the environment. */
    public static ConfigurableApplicationContext start(
            Class<?> application, Map<String, String> variables, String... arguments) {
        var command = new ServeCommand();
        command.line().parseArgs(arguments);
        return command.start(application, variables);
    }

    private CommandLine line() {
        return new CommandLine(this).setExpandAtFiles(false).setOverwrittenOptionsAllowed(true);
    }

    /** Says of an option what is wrong with it, where Spring would speak of a property. */
    private void requireUsable(CommandLine line) {
        requirePort(line, "--port", port);
        requirePort(line, "--management-port", managementPort);
        if (databaseUrl != null && !databaseUrl.startsWith("jdbc:")) {
            throw new ParameterException(
                    line, "--database-url begins with jdbc:, for instance jdbc:postgresql://HOST/NAME");
        }
        if (bind != null && !isHost(bind)) {
            throw new ParameterException(line, "--bind is an address of this machine, for instance 127.0.0.1");
        }
        if (keys != null && !Files.exists(keys)) {
            throw new ParameterException(
                    line,
                    "--keys: there is no file " + keys
                            + "; copy that of another node, or for a new database make one with: countermark keys add --keys "
                            + keys);
        }
        try {
            if (config != null) {
                SettingsFile.requireUsable(config);
            }
            if ((certificate == null) != (certificateKey == null)) {
                throw new IllegalArgumentException("--tls-certificate and --tls-key belong together");
            }
            if (certificate != null && certificateKey != null) {
                new TlsFiles("--tls-certificate", certificate, "--tls-key", certificateKey).requireUsable(null);
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(line, String.valueOf(e.getMessage()), e);
        }
    }

    private static void requirePort(CommandLine line, String option, @Nullable Integer port) {
        if (port != null && (port < 0 || port > 65_535)) {
            throw new ParameterException(line, WrongUsage.port(option, port.toString()));
        }
    }

    private static boolean isHost(String name) {
        try {
            return InetAddress.getByName(name) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private ConfigurableApplicationContext start(Class<?> application, Map<String, String> variables) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("countermark serve", properties(variables)));
        var service = new SpringApplication(application);
        service.setEnvironment(environment);
        service.addListeners(new Settings());
        // The launcher says whether a person reads standard error.
        boolean terminal = Boolean.getBoolean("countermark.terminal");
        service.setLogStartupInfo(!terminal);
        service.setDefaultProperties(Map.of(
                "countermark.api-tokens.data-folder",
                DataFolder.of(variables).path().toString(),
                // The reporter says it again, in plain words.
                "logging.level." + AnnotationConfigServletWebServerApplicationContext.class.getName(),
                "error",
                "logging.structured.format.console",
                terminal ? TerminalLines.class.getName() : "ecs"));
        return service.run();
    }

    private Map<String, Object> properties(Map<String, String> variables) {
        var properties = new LinkedHashMap<String, Object>();
        put(properties, "countermark.api-tokens.data-folder", data);
        put(properties, "server.port", port);
        put(properties, "server.address", bind);
        put(properties, "server.ssl.certificate", certificate == null ? null : certificate.toUri());
        put(properties, "server.ssl.certificate-private-key", certificateKey == null ? null : certificateKey.toUri());
        put(properties, "countermark.server.behind-proxy", behindProxy ? true : null);
        put(properties, "spring.config.additional-location", config == null ? null : config.toUri());
        put(
                properties,
                "countermark.api-tokens.url",
                databaseUrl != null ? databaseUrl : variables.get("COUNTERMARK_DATABASE_URL"));
        put(properties, "countermark.api-tokens.username", variables.get("COUNTERMARK_DATABASE_USER"));
        put(properties, "countermark.api-tokens.password", variables.get("COUNTERMARK_DATABASE_PASSWORD"));
        put(properties, "countermark.key-file", keys != null ? keys : variables.get("COUNTERMARK_KEYS"));
        put(properties, "management.server.port", managementPort);
        return properties;
    }

    private static void put(Map<String, Object> properties, String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            properties.put(name, value.toString());
        }
    }

    /** The version of this build, from the manifest. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"countermark " + text()};
        }

        static String text() {
            var version = ServeCommand.class.getPackage().getImplementationVersion();
            return version == null ? "(not packaged)" : version;
        }
    }
}
