package dev.fovea.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Resident memory, not the heap: what ONNX Runtime allocates is invisible to the JVM.
///
/// The limit leaves room for compiled code and the allocator's slack; 10,000 answers not freed would be 640 MB.
class LeakTest {

    private static final long LIMIT_BYTES = 24L << 20;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @BeforeEach
    void needsProc() {
        assumeTrue(
                Files.isReadable(Path.of("/proc/self/status")),
                "skipped: resident memory is read from /proc/self/status, which this system does not have");
    }

    @Test
    void tenThousandRunsKeepResidentMemoryFlat() throws Exception {
        assertThat(growth("run", 1_000, 10_000)).isLessThan(LIMIT_BYTES);
    }

    @Test
    void tenThousandRunsWithAndWithoutExplanationsInTurnKeepResidentMemoryFlat() throws Exception {
        assertThat(growth("explain-in-turn", 1_000, 10_000)).isLessThan(LIMIT_BYTES);
    }

    @Test
    void threeHundredLoadsKeepResidentMemoryFlat() throws Exception {
        assertThat(growth("load", 50, 300)).isLessThan(LIMIT_BYTES);
    }

    /// The measure itself: a leak of each kind exceeds the limit, in fewer rounds than above.
    @ParameterizedTest
    @CsvSource({"result-left-open,100,1000", "session-left-open,50,300", "buffers-left-open,10,300"})
    void wouldNoticeWhatIsNotClosed(String leak, int warmUp, int times) throws Exception {
        assertThat(growth(leak, warmUp, times)).isGreaterThan(LIMIT_BYTES);
    }

    private long growth(String deed, int warmUp, int times) throws IOException, InterruptedException {
        List<String> options =
                List.of("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        String printed = new ChildJvm(folder)
                .run(
                        LeakProbe.class,
                        options,
                        deed,
                        Integer.toString(warmUp),
                        Integer.toString(times),
                        folder.toString());
        long growth = Long.parseLong(printed);
        System.out.println(deed + " x " + times + ": resident memory grew by " + growth / 1024 + " KiB");
        return growth;
    }
}
