package dev.fovea.imaging.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.imaging.fetch.FetchPolicy;
import dev.fovea.imaging.fetch.ReferenceFetcher;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.ImageSource;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Permits;
import dev.fovea.inference.StageClock;
import dev.fovea.inference.StageTimings;
import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.inference.failure.InvalidInput;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ImageReaderTest {
    private static final ImageDecoder DECODER = new ImageDecoder(DecodeLimits.defaults());
    private static final ReferenceFetcher NOTHING = new ReferenceFetcher(FetchPolicy.nothing());
    private static final Deadline LATER = new Deadline(Long.MAX_VALUE / 2);
    private static final Deadline NOW = new Deadline(0);
    private static final int WIDTH = 5;
    private static final int HEIGHT = 3;
    private static final ImageSource ELSEWHERE = new ImageSource.Reference(URI.create("file:///etc/passwd"));

    private final AtomicLong now = new AtomicLong();
    private final Permits fetches = Permits.ofFetches(1, () -> 0);
    private final Permits cores = Permits.ofCores(1, () -> 0);
    private final StageClock clock = new StageClock(() -> now.addAndGet(100));
    private final ImageReader reader = new ImageReader(NOTHING, DECODER, fetches, cores);

    @AfterAll
    static void close() {
        DECODER.close();
        NOTHING.close();
    }

    @Test
    void anOpenedImageHoldsItsCoreUntilItIsClosed() throws InterruptedException {
        try (OpenedImage opened = reader.open(content(png()), Lane.BULK, LATER, clock)) {
            assertThat(opened.size()).isEqualTo(new ImageSize(WIDTH, HEIGHT));
            assertThat(opened.image().toRgb()).containsOnly(7);
            assertThatThrownBy(() -> cores.acquire(Lane.BULK, NOW)).isInstanceOf(DeadlineExceeded.class);
        }
        cores.acquire(Lane.BULK, NOW).close();
    }

    @Test
    void whatIsNoImageGivesItsCoreBack() throws InterruptedException {
        assertThatThrownBy(() -> reader.open(content(new byte[] {1, 2, 3}), Lane.BULK, LATER, clock))
                .isInstanceOf(InvalidInput.class);

        cores.acquire(Lane.BULK, NOW).close();
    }

    @Test
    void readingAndDecodingAreTimedAndWaitingIsNot() throws InterruptedException {
        reader.open(content(png()), Lane.BULK, LATER, clock).close();

        // The clock looks four times: after the wait for room, after reading, after the wait for a core, at the end.
        assertThat(clock.timings(0)).isEqualTo(new StageTimings(200, 0, 0, 0, 0, 0));
    }

    @Test
    void aReferencedImageIsOpenedWhereThatIsAllowed(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("image.png"), png());
        var policy = new FetchPolicy(
                Set.of("file"),
                Set.of(),
                Set.of(folder),
                Set.of(),
                FetchPolicy.nothing().limits());

        try (var fetcher = new ReferenceFetcher(policy)) {
            var allowed = new ImageReader(fetcher, DECODER, fetches, cores);
            var source = new ImageSource.Reference(file.toUri());
            try (OpenedImage opened = allowed.open(source, Lane.BULK, LATER, clock)) {
                assertThat(opened.size()).isEqualTo(new ImageSize(WIDTH, HEIGHT));
                fetches.acquire(Lane.BULK, NOW).close(); // the room was for the encoded bytes
            }
        }
    }

    @Test
    void aReferenceWaitsForRoomBeforeItIsFetched() throws InterruptedException {
        try (var _ = fetches.acquire(Lane.BULK, LATER)) {
            assertThatThrownBy(() -> reader.open(ELSEWHERE, Lane.BULK, NOW, clock))
                    .isInstanceOf(DeadlineExceeded.class)
                    .hasMessage("the deadline passed while waiting for a free fetch");
            reader.open(content(png()), Lane.BULK, NOW, clock).close(); // bytes sent along need no room
        }
    }

    @Test
    void aReferenceThatFailsGivesItsRoomBack() throws InterruptedException {
        assertThatThrownBy(() -> reader.open(ELSEWHERE, Lane.BULK, LATER, clock))
                .isInstanceOfSatisfying(InvalidInput.class, invalid -> assertThat(invalid.code())
                        .isEqualTo("REFERENCE_NOT_ALLOWED"));

        fetches.acquire(Lane.BULK, NOW).close();
        cores.acquire(Lane.BULK, NOW).close();
    }

    private static ImageSource content(byte[] file) {
        return new ImageSource.Content(ByteBuffer.wrap(file));
    }

    private static byte[] png() {
        byte[] pixels = new byte[WIDTH * HEIGHT * 3];
        Arrays.fill(pixels, (byte) 7);
        try (Image image = Image.fromRgb(WIDTH, HEIGHT, pixels)) {
            return image.encodePng();
        }
    }
}
