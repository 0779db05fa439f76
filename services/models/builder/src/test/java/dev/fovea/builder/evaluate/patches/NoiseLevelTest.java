package dev.fovea.builder.evaluate.patches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.patch.PatchFrame;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoiseLevelTest {

    private static final PatchFrame UNIT = new PatchFrame(0, 0, 1, 0, 0, 1);

    @Test
    void theMiddleOfEveryRangeChangesNothing() {
        assertThat(NoiseLevel.TOUGH.jittered(UNIT, constant(0.5))).isEqualTo(UNIT);
    }

    @Test
    void theEndsOfEveryRangeTurnMoveScaleAndStretch() {
        PatchFrame frame = NoiseLevel.HARD.jittered(new PatchFrame(100, 50, 4, 0, 0, 4), constant(0));

        assertThat(frame.x()).isCloseTo(100 - 4 * 0.3, within(1e-9));
        assertThat(frame.y()).isCloseTo(50 - 4 * 0.3, within(1e-9));
        assertThat(frame.radius()).as("2^-0.3 of 4 px").isCloseTo(4 * Math.pow(2, -0.3), within(1e-9));
        assertThat(Math.toDegrees(Math.atan2(frame.uy(), frame.ux()))).isCloseTo(-20, within(1e-9));
        double along = Math.hypot(frame.ux(), frame.uy());
        double across = Math.hypot(frame.vx(), frame.vy());
        assertThat(across / along).isCloseTo(Math.pow(2, -0.4), within(1e-9));
    }

    /// HPatches' documentation: "For easy jitter, the median ellipse overlap with the original patches is
    /// ~0.85 and for hard jitter it is ~0.72".
    @ParameterizedTest
    @CsvSource({"EASY, 0.85", "HARD, 0.72"})
    void leavesAboutThePublishedOverlap(NoiseLevel level, double published) {
        var random = new SplittableRandom(3);
        double[] overlaps = new double[400];
        for (int i = 0; i < overlaps.length; i++) {
            overlaps[i] = overlap(level.jittered(UNIT, random));
        }
        Arrays.sort(overlaps);

        assertThat(overlaps[overlaps.length / 2]).isCloseTo(published, within(0.05));
    }

    /// Intersection over union with the unit circle, counted on a grid.
    private static double overlap(PatchFrame frame) {
        int both = 0;
        int either = 0;
        double area = frame.ux() * frame.vy() - frame.uy() * frame.vx();
        for (double y = -2; y <= 2; y += 0.04) {
            for (double x = -2; x <= 2; x += 0.04) {
                boolean inCircle = x * x + y * y <= 1;
                double u = ((x - frame.x()) * frame.vy() - (y - frame.y()) * frame.vx()) / area;
                double v = ((y - frame.y()) * frame.ux() - (x - frame.x()) * frame.uy()) / area;
                boolean inEllipse = u * u + v * v <= 1;
                both += inCircle && inEllipse ? 1 : 0;
                either += inCircle || inEllipse ? 1 : 0;
            }
        }
        return (double) both / either;
    }

    private static RandomGenerator constant(double value) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new IllegalStateException("only doubles are drawn");
            }

            @Override
            public double nextDouble() {
                return value;
            }
        };
    }
}
