package dev.countermark.server.page;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Serves the page's files to everybody, to be kept for good: another version has another address. */
@Controller
final class FilesPage {

    private final Assets assets;

    FilesPage(Assets assets) {
        this.assets = assets;
    }

    @GetMapping(AdminPage.FILES + "/{version}/{name}")
    void file(@PathVariable String version, @PathVariable String name, HttpServletResponse response)
            throws IOException {
        var file = assets.find(name).filter(found -> version.equals(assets.version()));
        if (file.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        // In the place of what every answer has, so not through Spring, which would add to it.
        response.setHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable");
        response.setContentType(file.get().type());
        response.getOutputStream().write(file.get().content());
    }
}
