package dev.fovea.retrieval.rerank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.decode.ImageDecoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThumbnailTest {

    @ParameterizedTest
    @CsvSource({
        "640, 480, 320, 320, 240",
        "480, 640, 320, 240, 320",
        "100,  80, 320, 100,  80",
        "900,   1,  10,  10,   1",
    })
    void theLongerSideIsReducedAndASmallerImageKeepsItsSize(
            int width, int height, int side, int expectedWidth, int expectedHeight) throws InterruptedException {
        try (var decoder = new ImageDecoder(DecodeLimits.defaults());
                Image image = grey(width, height);
                Image thumbnail = decoder.decode(Thumbnail.of(image, side))) {
            assertThat(thumbnail.width()).isEqualTo(expectedWidth);
            assertThat(thumbnail.height()).isEqualTo(expectedHeight);
            assertThat(Byte.toUnsignedInt(thumbnail.toRgb()[0])).isBetween(98, 102);
        }
    }

    @ParameterizedTest
    @CsvSource({"640, 480", "100, 80"})
    void theImageItIsMadeOfCanStillBeRead(int width, int height) {
        try (Image image = grey(width, height)) {
            ByteBuffer once = Thumbnail.of(image, 320);

            assertThat(Thumbnail.of(image, 320)).isEqualTo(once);
        }
    }

    private static Image grey(int width, int height) {
        byte[] rgb = new byte[width * height * 3];
        Arrays.fill(rgb, (byte) 100);
        return Image.fromRgb(width, height, rgb);
    }
}
