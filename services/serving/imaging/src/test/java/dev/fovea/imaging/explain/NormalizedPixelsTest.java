package dev.fovea.imaging.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.preprocess.ImagePreprocessor;
import dev.fovea.inference.Tensor;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ImagePreprocessing.ChannelOrder;
import dev.fovea.repository.ImagePreprocessing.Interpolation;
import dev.fovea.repository.PixelNormalization;
import dev.fovea.repository.PixelNormalization.Place;
import dev.fovea.repository.ResizeRule;
import dev.fovea.repository.TensorSpec;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NormalizedPixelsTest {

    @ParameterizedTest
    @EnumSource
    void undoesTheNormalisationAndTheOrderOfChannels(ChannelOrder channels) {
        // Given: every value in every channel
        byte[] rgb = new byte[16 * 16 * 3];
        for (int i = 0; i < 256; i++) {
            rgb[3 * i] = (byte) i;
            rgb[3 * i + 1] = (byte) (255 - i);
            rgb[3 * i + 2] = (byte) (i * 7);
        }
        Tensor tensor = Tensor.allocate(new TensorSpec("images", ElementType.FLOAT32, List.of(3, 16, 16), ""), 1);
        try (Image image = Image.fromRgb(16, 16, rgb)) {
            new ImagePreprocessor(spec(channels)).prepare(image, tensor, 0);
        }
        // When
        Pixels picture = Pixels.of(NormalizedPixels.resampled(tensor.floats(), 16, 16, spec(channels)));
        // Then
        assertThat(picture.toRgb()).isEqualTo(rgb);
    }

    @Test
    void cutsOffWhatNoPixelHas() {
        float[] planes = {-100, 100, 0, 0, 0, 0};

        Pixels picture = Pixels.of(NormalizedPixels.resampled(FloatBuffer.wrap(planes), 1, 2, spec(ChannelOrder.RGB)));

        assertThat(picture.red(0, 0)).isZero();
        assertThat(picture.red(1, 0)).isEqualTo(255);
        assertThat(picture.green(0, 0)).isEqualTo(116); // 0.456 * 255 = 116.28
    }

    @Test
    void refusesValuesThatAreNotFiniteOrTooFew() {
        FloatBuffer planes = FloatBuffer.wrap(new float[] {0, 0, 0, Float.NaN, 0, 0});

        assertThatThrownBy(() -> NormalizedPixels.resampled(planes, 1, 2, spec(ChannelOrder.RGB)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pixel 1 of channel 1 is NaN; no picture can show that");
        assertThatThrownBy(() -> NormalizedPixels.resampled(planes, 2, 2, spec(ChannelOrder.RGB)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("6 values are not three planes of 2 x 2 px");
    }

    private static ImagePreprocessing spec(ChannelOrder channels) {
        var normalization =
                new PixelNormalization(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225), Place.SERVICE);
        return new ImagePreprocessing(16, 16, new ResizeRule.Stretch(), Interpolation.AREA, channels, normalization);
    }
}
