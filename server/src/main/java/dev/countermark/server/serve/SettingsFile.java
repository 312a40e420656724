package dev.countermark.server.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.FileSystemResource;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** The file that {@code --config} names, looked at before Spring reads it. */
final class SettingsFile {

    private SettingsFile() {}

    /**
     * Reads it once. Spring would print a stack trace, and of a file that is no YAML the lines that may hold a key.
     *
     * @throws IllegalArgumentException if it cannot be used; the message holds nothing of what is in it
     */
    static void requireUsable(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no file " + file);
        }
        var loader = Stream.of(new PropertiesPropertySourceLoader(), new YamlPropertySourceLoader())
                .filter(each -> Stream.of(each.getFileExtensions())
                        .anyMatch(extension -> file.toString().endsWith("." + extension)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the name of a file of settings ends with .properties or .yaml, not so " + file));
        try {
            loader.load("settings", new FileSystemResource(file));
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            throw new IllegalArgumentException(
                    file + " is no YAML" + (mark == null ? "" : ": look at line " + (mark.getLine() + 1)));
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read by this user");
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(file + " is no file of settings in its format");
        }
    }
}
