package dev.countermark.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countermark.guide.Pages.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Types the sessions with the command into a shell and compares what comes out; … there stands for anything. */
class ConsoleSessionsIT {

    @TempDir
    Path folder;

    static List<Block> blocks() throws IOException {
        return Pages.blocks("console").stream()
                .filter(block -> !ServiceSessionsIT.concerns(block))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void a_console_session_prints_what_the_page_shows(Block block) throws Exception {
        var console = new Console(folder);
        assertThat(console.output(Console.commands(block))).as(block.text()).matches(Console.shown(block));
    }
}
