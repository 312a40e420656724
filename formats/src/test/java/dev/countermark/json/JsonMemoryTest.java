package dev.countermark.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading takes memory in proportion to the text, whatever the text is. */
class JsonMemoryTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int LENGTH = 64 * 1024;

    /** An empty object of three characters is the dearest: a node and a map. */
    private static final int MOST_BYTES_PER_CHARACTER = 64;

    /** Found by fuzzing: each text with an escape took as much as all that was left of the document. */
    @ParameterizedTest
    @ValueSource(
            strings = {"\"\\n\",", "\"a\",", "[],", "{},", "{\"a\":[]},", "1,", "1.5,", "1e5,", "true,", "[[[1]]],"})
    void a_long_list_takes_memory_in_proportion(String item) {
        var json = "[" + item.repeat(LENGTH / item.length() - 1) + "null]";
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        assertProportional(bytes, () -> PythonJson.standard().decode(bytes));
        assertProportional(bytes, () -> PythonJson.standard().lenient().decode(bytes));
        assertProportional(bytes, () -> Json.node().decode(bytes));
    }

    private static void assertProportional(byte[] json, Runnable read) {
        read.run();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        read.run();
        assertThat((THREADS.getCurrentThreadAllocatedBytes() - before) / json.length)
                .as("bytes for each character")
                .isLessThan(MOST_BYTES_PER_CHARACTER);
    }
}
