package dev.fovea.architectures.siftnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiftNetTest {

    @ParameterizedTest
    @CsvSource({
        "32, 8, 4, 12, 8, 3, 4, 128",
        "65, 8, 4, 26, 16, 6, 4, 128",
        "33, 4, 2, 22, 16, 5, 2, 16",
        "20, 8, 6, 4, 3, 1, 7, 392"
    })
    void sizesFollowThePublishedRule(
            int patch, int angular, int spatial, int kernel, int stride, int padding, int cells, int dimension) {
        var net = new SiftNet(patch, angular, spatial, 0.2, false, Mask.GAUSS, Sigma.HESAMP);

        assertThat(net.kernelSize()).isEqualTo(kernel);
        assertThat(net.stride()).isEqualTo(stride);
        assertThat(net.padding()).isEqualTo(padding);
        assertThat(net.cells()).isEqualTo(cells);
        assertThat(net.dimension()).isEqualTo(dimension);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4 | 8 | 4 | 0.2 | patch_size 4 is outside 5 to 256",
                "257 | 8 | 4 | 0.2 | patch_size 257 is outside 5 to 256",
                "32 | 1 | 4 | 0.2 | num_ang_bins 1 is outside 2 to 36",
                "32 | 8 | 17 | 0.2 | num_spatial_bins 17 is outside 1 to 16",
                "8 | 8 | 8 | 0.2 | num_spatial_bins 8 needs a patch_size of at least 9, found 8",
                "32 | 8 | 4 | 0 | clipval 0.0 is outside (0, 1]",
                "32 | 8 | 4 | NaN | clipval NaN is outside (0, 1]",
            })
    void refusesAnOptionOutOfRange(int patch, int angular, int spatial, double clip, String message) {
        assertThatThrownBy(() -> new SiftNet(patch, angular, spatial, clip, false, Mask.GAUSS, Sigma.HESAMP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void differencesReplicateTheBorder() {
        assertThat(SiftNetKernels.differences(3)).containsExactly(-1, -1, 0, 1, 0, -1, 0, 1, 1);
    }

    @Test
    void circularMaskIsZeroInTheCornersOnly() {
        double[] mask = SiftNetKernels.mask(SiftNet.ofSize(32));

        assertThat(mask[0]).isZero();
        assertThat(mask[16]).isPositive();
        assertThat(mask[16 * 32 + 16]).isEqualTo(Math.exp(-0.5 / (0.9 * 256)));
    }
}
