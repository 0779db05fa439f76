package dev.fovea.architectures.densesift;

import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Conv;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Linear;
import dev.fovea.onnx.op.Pool;
import dev.fovea.onnx.op.Window;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;

/// The mean colour of every patch on a grid, whatever its brightness, shared between the nearest of 5 x 5 bins.
///
/// The axes are the opponent colours red less green, `(R - G) / sqrt 2`, and yellow less blue,
/// `(R + G - 2 B) / sqrt 6`, cut to where photographs have them. The square root of the shares has unit norm.
///
/// Source of the axes: K. van de Sande, T. Gevers, C. Snoek, Evaluating Color Descriptors for Object and Scene
/// Recognition, TPAMI 2010.
///
/// **Shape:** RGB (N, 3, H, W) to (N, 25, H', W'), the grid of [DenseSift]. **Range:** 0 to 1, unit norm.
record ColourBins(int patchSize, int stride) {

    private static final int BINS = 5;
    private static final float RED_GREEN = (float) Math.sqrt(1 / 2.0);
    private static final float YELLOW_BLUE = (float) Math.sqrt(1 / 6.0);
    private static final float[] OPPONENTS = {RED_GREEN, -RED_GREEN, 0, YELLOW_BLUE, YELLOW_BLUE, -2 * YELLOW_BLUE};
    private static final float LOWEST = -0.5f;
    private static final float HIGHEST_RED = 0.5f;
    private static final float HIGHEST_YELLOW = 0.7f;

    Value apply(Value pixels) {
        Graph graph = pixels.graph();
        Value means = Pool.average(pixels, Window.of(patchSize, stride)); // (N, 3, H', W')
        Value axes = graph.constant("opponents", OPPONENTS, Shape.of(2, 3, 1, 1));
        Value opponents = Linear.conv(means, axes, Conv.valid(1));
        Value red = shares(Layout.slice(opponents, 1, 0, 1), HIGHEST_RED); // (N, 5, H', W')
        Value yellow = shares(Layout.slice(opponents, 1, 1, 2), HIGHEST_YELLOW);
        Value pairs = Elementwise.mul(Layout.unsqueeze(red, 2), Layout.unsqueeze(yellow, 1)); // (N, 5, 5, H', W')
        Shape shape = means.shape().with(1, Dim.of((long) BINS * BINS));
        return Elementwise.sqrt(Layout.reshape(pairs, shape));
    }

    /// **Shape:** (N, 1, H', W') to (N, 5, H', W').
    private static Value shares(Value value, float highest) {
        float scale = (BINS - 1) / (highest - LOWEST);
        Value place =
                Elementwise.clip(Elementwise.offset(Elementwise.scale(value, scale), -LOWEST * scale), 0, BINS - 1);
        float[] centres = new float[BINS];
        for (int i = 0; i < BINS; i++) {
            centres[i] = i;
        }
        Value bins = value.graph().constant("bins", centres, Shape.of(1, BINS, 1, 1));
        Value distance = Elementwise.abs(Elementwise.sub(place, bins));
        return Elementwise.relu(Elementwise.offset(Elementwise.neg(distance), 1));
    }
}
