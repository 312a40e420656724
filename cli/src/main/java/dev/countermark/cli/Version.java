package dev.countermark.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest names. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        var version = Countermark.class.getPackage().getImplementationVersion();
        return new String[] {
            "countermark " + Objects.requireNonNullElse(version, "(not packaged)"),
            "Java " + Runtime.version() + " in " + System.getProperty("java.home")
        };
    }
}
