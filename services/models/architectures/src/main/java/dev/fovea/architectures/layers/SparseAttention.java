package dev.fovea.architectures.layers;

import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Linear;
import dev.fovea.onnx.shape.Shape;

/// A map with a Gaussian around each peak: `base + sum over p of weight_p exp(-|q - p|^2 / (2 sigma_p^2))`.
///
/// Every position p of the map takes part, those that are no peak with weight 0, so that shapes do not depend
/// on the image. A Gaussian is the product of one along y and one along x; their sum over p is one matrix
/// product.
///
/// Source: Ding et al., "Selective Sparse Sampling for Fine-grained Image Recognition", ICCV 2019, eq. 5 and
/// 6; S3N `kernel_generate`, whose kernels are 1 at their peak: sigma is `radius * size * sqrt(spread)`
/// positions.
///
/// **Shape:** twice (N, S S) to (N, 1, S, S). **Range:** base and up, for weights of at least 0.
///
/// @param size side of the map, S
/// @param radius width of the Gaussian of a peak with spread 1, as a share of the side
/// @param base value far from every peak
public record SparseAttention(int size, float radius, float base) {

    /// @param weights of each position, 0 for those that are no peak
    /// @param spreads squared width of each position in units of the radius, positive everywhere
    public Value apply(Value weights, Value spreads) {
        Graph graph = weights.graph();
        Value narrowness = Elementwise.reciprocal(spreads); // (N, P)
        Value alongX = exponents(graph, true, Shape.of(positions(), size));
        Value alongY = exponents(graph, false, Shape.of(size, positions()));
        Value columns = Elementwise.exp(Elementwise.mul(Layout.unsqueeze(narrowness, 2), alongX)); // (N, P, S)
        Value rows = Elementwise.exp(Elementwise.mul(Layout.unsqueeze(narrowness, 1), alongY)); // (N, S, P)
        Value sum = Linear.matMul(Elementwise.mul(rows, Layout.unsqueeze(weights, 1)), columns);
        return Layout.unsqueeze(Elementwise.offset(sum, base), 1);
    }

    private int positions() {
        return size * size;
    }

    /// `-d^2 / (2 (radius size)^2)`, d from a position to a column (position major) or a row (row major).
    private Value exponents(Graph graph, boolean alongX, Shape shape) {
        double sigma = (double) radius * size;
        float[] exponents = new float[positions() * size];
        for (int position = 0; position < positions(); position++) {
            for (int place = 0; place < size; place++) {
                double distance = place - (alongX ? position % size : position / size);
                int index = alongX ? position * size + place : place * positions() + position;
                exponents[index] = (float) (-distance * distance / (2 * sigma * sigma));
            }
        }
        return graph.constant(alongX ? "exponents_x" : "exponents_y", exponents, shape);
    }
}
