package dev.fovea.builder.numbers;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Choices among rows that depend on nothing but their arguments.
public final class Choices {

    private Choices() {}

    /// `wanted` of `count` indices at equal distances, ascending; all if there are no more.
    public static int[] evenly(int count, int wanted) {
        int taken = Math.min(count, wanted);
        int[] indices = new int[taken];
        for (int i = 0; i < taken; i++) {
            indices[i] = (int) ((long) i * count / taken);
        }
        return indices;
    }

    /// All indices below `count` in an order drawn from the seed.
    public static int[] shuffled(int count, long seed) {
        int[] indices = new int[count];
        Arrays.setAll(indices, i -> i);
        var random = new SplittableRandom(seed);
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = indices[i];
            indices[i] = indices[j];
            indices[j] = kept;
        }
        return indices;
    }
}
