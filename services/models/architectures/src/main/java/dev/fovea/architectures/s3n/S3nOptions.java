package dev.fovea.architectures.s3n;

import dev.fovea.architectures.Option;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.trunk.ResNet;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.TensorSpec;
import java.util.Arrays;
import java.util.List;

/// The options of an S3N, named as in the published code where it has them.
final class S3nOptions {

    static final String TRUNK = "trunk";

    private static final String SAMPLING = "sampling";
    private static final String SEED = "seed";
    private static final String RANDOM_INPUT = "random_input";
    private static final String ALIGN_CORNERS = "align_corners";
    private static final String RADIUS = "radius";
    private static final String RADIUS_INV = "radius_inv";
    private static final String BASE_RATIO = "base_ratio";
    private static final String EXPLANATIONS = "explanations";
    private static final String POSITIVE = "above 0, up to 10";
    private static final double LARGEST = 10;

    private final OptionValues values;

    S3nOptions(OptionValues values) {
        this.values = values;
    }

    static Option trunk(ResNet.Variant byDefault) {
        String all = String.join(
                ", ",
                Arrays.stream(ResNet.Variant.values())
                        .map(ResNet.Variant::toString)
                        .toList());
        return new Option(TRUNK, byDefault.toString(), all, "network that all three images pass");
    }

    static List<Option> shared() {
        return List.of(
                new Option(SAMPLING, "extreme", "all, random, extreme", "which peaks make which resampled image"),
                new Option(
                        SEED, "0", "a whole number", "of the random numbers of sampling random, equal for each image"),
                new Option(RANDOM_INPUT, "false", "true, false", "random numbers from a second input instead"),
                new Option(ALIGN_CORNERS, "true", "true, false", "true for weights trained before PyTorch 1.3"),
                new Option(RADIUS, "0.09", POSITIVE, "width of what is zoomed, share of the image"),
                new Option(RADIUS_INV, "0.3", POSITIVE, "width of the complementary regions, share of the image"),
                new Option(BASE_RATIO, "0.09", POSITIVE, "weight of what is no peak"),
                new Option(
                        EXPLANATIONS,
                        "true",
                        "false, true, all",
                        "maps, peaks and resampled images as outputs; who does not ask pays nothing for them"));
    }

    /// @throws IllegalArgumentException if a number is out of range
    SparseSampling sampling() {
        return new SparseSampling(
                values.choice(SAMPLING, Sampling.class), positive(RADIUS), positive(RADIUS_INV), positive(BASE_RATIO));
    }

    Explanations explanations() {
        return values.choice(EXPLANATIONS, Explanations.class);
    }

    boolean alignCorners() {
        return values.flag(ALIGN_CORNERS);
    }

    int seed() {
        return values.wholeNumber(SEED);
    }

    /// Only sampling at random has any use for the numbers.
    boolean randomInput() {
        return values.flag(RANDOM_INPUT) && values.choice(SAMPLING, Sampling.class) == Sampling.RANDOM;
    }

    List<TensorSpec> furtherInputs() {
        List<Integer> shape = List.of(S3nGraph.SIDE, S3nGraph.SIDE);
        return randomInput()
                ? List.of(new TensorSpec(S3nGraph.RANDOM, ElementType.FLOAT32, shape, "random numbers, 0 to 1"))
                : List.of();
    }

    private float positive(String name) {
        double value = values.number(name);
        if (!(value > 0 && value <= LARGEST)) {
            throw new IllegalArgumentException(name + " " + value + " is not " + POSITIVE);
        }
        return (float) value;
    }
}
