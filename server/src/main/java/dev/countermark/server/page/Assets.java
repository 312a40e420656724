package dev.countermark.server.page;

import dev.countermark.mac.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** The page's files: a style sheet, a script and an icon, under a version that is the hash of what they hold. */
final class Assets {

    private final Asset style = read("style.css", "text/css;charset=UTF-8");
    private final Asset script = read("page.js", "text/javascript;charset=UTF-8");
    private final Asset icon = read("icon.svg", "image/svg+xml");

    private final Map<String, Asset> files = Map.of("style.css", style, "page.js", script, "icon.svg", icon);

    private final String version =
            HexFormat.of().formatHex(Digest.SHA256.of(style.content(), script.content(), icon.content()), 0, 6);

    /** A file. */
    record Asset(String type, byte[] content) {}

    /** Changes with any of the files. */
    String version() {
        return version;
    }

    Optional<Asset> find(String name) {
        return Optional.ofNullable(files.get(name));
    }

    private static Asset read(String name, String type) {
        try (var stream = Assets.class.getResourceAsStream("static/" + name)) {
            if (stream == null) {
                throw new IOException("no file " + name);
            }
            return new Asset(type, stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
