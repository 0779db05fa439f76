package dev.fovea.imaging.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fovea.imaging.Image;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.Overloaded;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opencv.core.Mat;

class DecodeTimeoutTest {

    private static final DecodeLimits LIMITS = new DecodeLimits(1 << 20, 1_000_000, 2000, Duration.ofMillis(20));
    private static final ByteBuffer PNG = ByteBuffer.wrap(EncodedFiles.png(4, 4, 8, 2, 52));

    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CompletableFuture<Mat> late = new CompletableFuture<>();
    private final ImageDecoder decoder = new ImageDecoder(LIMITS, 1, this::readWhenFreed);

    private Image readWhenFreed(byte[] file, ImageHeader header) {
        try {
            stuck.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        Image image = Image.fromRgb(4, 4, new byte[48]);
        late.complete(image.mat());
        return image;
    }

    @AfterEach
    void free() {
        stuck.countDown();
        decoder.close();
    }

    @Test
    void answersAtTheLimitWhileTheNativeCallGoesOn() {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> decoder.decode(PNG).close())
                .withMessage("decoding a PNG of 4x4 px took more than 20 ms")
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("IMAGE_DECODE_TIMEOUT"));
    }

    @Test
    void refusesMoreWorkWhileEveryThreadIsStuck() {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> decoder.decode(PNG).close());
        assertThatExceptionOfType(Overloaded.class)
                .isThrownBy(() -> decoder.decode(PNG).close())
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("DECODE_BUSY"));
    }

    @Test
    void freesTheImageThatNobodyWaitsForAndTakesWorkAgain() throws Exception {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> decoder.decode(PNG).close());
        stuck.countDown();
        Mat abandoned = late.get();
        try (Image image = decoder.decode(PNG)) {
            assertThat(image.width()).isEqualTo(4);
        }
        // One permit: the second decode began after the first had released its image.
        assertThat(abandoned.empty()).isTrue();
    }
}
