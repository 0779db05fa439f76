package dev.fovea.architectures.siftnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftBinningTest {

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 12, 36})
    void kinksAddUpToTheHatOfEveryBin(int bins) {
        var kinks = new Kinks(bins, Math.floorDiv(-bins, 4), Math.ceilDiv(3 * bins, 4));
        int middle = Math.floorDiv(kinks.lowest() + kinks.highest(), 2);
        for (double angle = -bins / 4.0; angle <= 3 * bins / 4.0; angle += 0.125) {
            double[] planes = new double[kinks.planes()];
            planes[0] = 1;
            for (int k = kinks.lowest() + 1; k <= middle; k++) {
                planes[k - kinks.lowest()] = Math.max(0, k - angle);
            }
            for (int k = middle; k < kinks.highest(); k++) {
                planes[1 + k - kinks.lowest()] = Math.max(0, angle - k);
            }
            assertHats(bins, angle, planes, kinks.toBins());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 12, 36})
    void clippedRampsAddUpToTheHatOfEveryBin(int bins) {
        var ramps = new ClippedRamps(bins, bins / 2, Math.ceilDiv(3 * bins, 2));
        for (double angle = bins / 2.0; angle <= 3 * bins / 2.0; angle += 0.125) {
            double[] planes = new double[ramps.planes()];
            planes[0] = 1;
            for (int i = 1; i < planes.length; i++) {
                planes[i] = Math.clamp(angle - (ramps.lowest() + i - 1), 0, 1);
            }
            assertHats(bins, angle, planes, ramps.toBins());
        }
    }

    @Test
    void arcTangentIsWithinItsStatedError() {
        double worst = 0;
        for (int terms : new int[] {7, 9}) {
            double[] coefficients = ArcTangent.coefficients(terms);
            worst = 0;
            for (double t = -1; t <= 1; t += 1.0 / 4096) {
                double sum = 0;
                for (int i = terms - 1; i >= 0; i--) {
                    sum = sum * t * t + coefficients[i];
                }
                worst = Math.max(worst, Math.abs(sum * t - Math.atan(t)));
            }
            double p = Math.sqrt(2) - 1;
            assertThat(worst).isLessThan(1.25 * 2 * Math.pow(p, 2 * terms + 1) / (2 * terms + 1));
        }
        assertThat(worst).isLessThan(7e-9);
    }

    private static void assertHats(int bins, double angle, double[] planes, float[] toBins) {
        double[] expected = new double[bins];
        int below = (int) Math.floor(angle);
        expected[Math.floorMod(below, bins)] += 1 - (angle - below);
        expected[Math.floorMod(below + 1, bins)] += angle - below;
        for (int bin = 0; bin < bins; bin++) {
            double sum = 0;
            for (int i = 0; i < planes.length; i++) {
                sum += toBins[bin * planes.length + i] * planes[i];
            }
            assertThat(sum).as("bin %d of %d at %s", bin, bins, angle).isCloseTo(expected[bin], within(1e-9));
        }
    }
}
