package dev.fovea.retrieval.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.imaging.patch.Homography;
import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.imaging.patch.Match;
import dev.fovea.inference.failure.InvalidInput;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Of features in 640 x 480 px whose thumbnails have a quarter of that, drawn at 320 px a side.
class VerifiedPictureTest {
    private static final int SIDE = 320;
    private static final int RIGHT = SIDE + 16;

    private final ImageDecoder decoder = new ImageDecoder(DecodeLimits.defaults());
    private final VerifiedPicture pictures = new VerifiedPicture(decoder, SIDE);
    private final LocalFeatures features = SampleFeatures.random(3, 30);

    @AfterEach
    void close() {
        decoder.close();
    }

    @Test
    void anInlierEndsWhereItsKeypointsLieInBothImages() throws InterruptedException {
        Keypoint keypoint = features.keypoints().getFirst();
        int x = Math.round(keypoint.x() / 2);
        int y = Math.round(keypoint.y() / 2);

        try (Image none = draw(new Verification(30, List.of(), Optional.empty()));
                Image one = draw(new Verification(30, List.of(new Match(0, 0, 0.5f)), Optional.empty()))) {
            assertThat(light(none, x, y)).isLessThan(40);
            assertThat(light(one, x, y)).isGreaterThan(110);
            assertThat(light(none, RIGHT + x, y)).isLessThan(40);
            assertThat(light(one, RIGHT + x, y)).isGreaterThan(110);
        }
    }

    @Test
    void theOutlineLiesWhereTheTransformPutsTheQuery() throws InterruptedException {
        var half = Homography.of(0.5, 0, 160, 0, 0.5, 120, 0, 0, 1);

        try (Image drawn = draw(new Verification(30, List.of(), Optional.of(half)))) {
            assertThat(light(drawn, RIGHT + SIDE / 4, 120)).as("left edge").isGreaterThan(110);
            assertThat(light(drawn, RIGHT + SIDE / 8, 120)).as("outside").isLessThan(40);
            assertThat(light(drawn, RIGHT + SIDE / 2, 120)).as("inside").isLessThan(40);
        }
    }

    @Test
    void aThumbnailThatIsNoImageIsRefused() {
        var broken = new VerifiedPicture.Shown(features, ByteBuffer.wrap(new byte[] {1, 2, 3}));

        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> pictures.draw(shown(), broken, "a", 0.5, Verification.withoutTransform(3)));
    }

    private Image draw(Verification verification) throws InterruptedException {
        return decoder.decode(ByteBuffer.wrap(pictures.draw(shown(), shown(), "a", 0.5, verification)));
    }

    private VerifiedPicture.Shown shown() {
        try (Image black = Image.fromRgb(160, 120, new byte[160 * 120 * 3])) {
            return new VerifiedPicture.Shown(features, ByteBuffer.wrap(black.encodePng()));
        }
    }

    /// The brightest channel of a pixel.
    private static int light(Image image, int x, int y) {
        byte[] rgb = image.toRgb();
        int at = (y * image.width() + x) * 3;
        return Math.max(
                Byte.toUnsignedInt(rgb[at]),
                Math.max(Byte.toUnsignedInt(rgb[at + 1]), Byte.toUnsignedInt(rgb[at + 2])));
    }
}
