package dev.countermark.cli.terminal;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest names. */
public final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        var version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "countermark " + Objects.requireNonNullElse(version, "(not packaged)"),
            "Java " + Runtime.version() + " in " + System.getProperty("java.home")
        };
    }
}
