package dev.fovea.architectures.dolg;

import dev.fovea.architectures.Option;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.layers.L2Normalize;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Resample;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// An image described at several sizes: the mean of the unit vectors.
///
/// Source: feymanpriv/DOLG, `evaler/infer.py`, `extract`; OpenCV's bilinear resizing, sides rounded.
///
/// @param factors of the side; exactly 1 leaves the image as it is
record Scales(List<Double> factors) {

    static final String NAME = "scales";

    private static final int MAX_COUNT = 16;
    private static final double MAX_FACTOR = 4;
    private static final int MIN_SIDE = 32;
    private static final int MAX_SIDE = 4096;

    Scales {
        factors = List.copyOf(factors);
    }

    static Option option(String defaultValue) {
        return new Option(
                NAME,
                defaultValue,
                "1 to " + MAX_COUNT + " numbers above 0, at most " + MAX_FACTOR + ", with commas between",
                "sizes of the image, over its own, whose unit vectors are averaged");
    }

    /// @throws IllegalArgumentException if the option is no such list
    static Scales of(OptionValues options) {
        String text = options.text(NAME);
        try {
            List<Double> factors = Arrays.stream(text.split(",", -1))
                    .map(part -> Double.parseDouble(part.strip()))
                    .toList();
            if (factors.size() <= MAX_COUNT
                    && factors.stream().allMatch(factor -> factor > 0 && factor <= MAX_FACTOR)) {
                return new Scales(factors);
            }
        } catch (NumberFormatException e) {
            throw unacceptable(text, e);
        }
        throw unacceptable(text, null);
    }

    boolean several() {
        return factors.size() > 1;
    }

    /// @param network from pixels (N, 3, H, W) to vectors (N, D)
    /// @return the vectors of the only scale as they are, or the mean of several, which has no unit norm
    Value apply(Value pixels, UnaryOperator<Value> network) {
        if (!several()) {
            return network.apply(resized(pixels, factors.getFirst()));
        }
        Value sum = factors.stream()
                .map(factor -> L2Normalize.DEFAULT.apply(network.apply(resized(pixels, factor))))
                .reduce(Elementwise::add)
                .orElseThrow();
        return Elementwise.scale(sum, 1f / factors.size());
    }

    private static Value resized(Value pixels, double factor) {
        if (factor == 1) {
            return pixels;
        }
        long height = side(pixels, 2, factor);
        long width = side(pixels, 3, factor);
        return Resample.linear(pixels, height, width, false);
    }

    private static long side(Value pixels, int axis, double factor) {
        long side = Math.round(pixels.shape().size(axis) * factor);
        if (side < MIN_SIDE || side > MAX_SIDE) {
            throw new IllegalArgumentException("scale " + factor + " of "
                    + pixels.shape().size(axis) + " px is " + side + " px, outside " + MIN_SIDE + " to " + MAX_SIDE);
        }
        return side;
    }

    private static IllegalArgumentException unacceptable(String text, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                NAME + " \"" + text + "\" must be 1 to " + MAX_COUNT + " numbers above 0, at most " + MAX_FACTOR,
                cause);
    }
}
