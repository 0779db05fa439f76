package dev.fovea.architectures.siftnet;

import static dev.fovea.onnx.op.Elementwise.add;
import static dev.fovea.onnx.op.Elementwise.cast;
import static dev.fovea.onnx.op.Elementwise.clip;
import static dev.fovea.onnx.op.Elementwise.mul;
import static dev.fovea.onnx.op.Elementwise.sqrt;
import static dev.fovea.onnx.op.Layout.reshape;
import static dev.fovea.onnx.op.Linear.matMul;

import dev.fovea.architectures.layers.L1Normalize;
import dev.fovea.architectures.layers.L2Normalize;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.shape.Shape;
import dev.fovea.repository.ElementType;

/// Writes a SIFTNet as an ONNX graph; the steps are the rows of the package's table.
///
/// **Batch:** every step works on each patch by itself, so a patch has the same answer in any batch.
final class SiftNetGraph {

    static final String INPUT = "patches";
    static final String OUTPUT = "descriptors";

    private static final double BYTE_RANGE = 255;

    private final SiftNet net;
    private final ElementType inputType;
    private final double pixelRange;
    private final Graph graph = new Graph("siftnet");

    private SiftNetGraph(SiftNet net, ElementType inputType) {
        this.net = net;
        this.inputType = inputType;
        this.pixelRange = inputType == ElementType.UINT8 ? BYTE_RANGE : 1;
    }

    /// @param inputType UINT8 for pixels 0 to 255, FLOAT32 for pixels in [0, 1]
    static Graph of(SiftNet net, ElementType inputType) {
        return new SiftNetGraph(net, inputType).build();
    }

    private Graph build() {
        int size = net.patchSize();
        Value patches = graph.input(INPUT, DataType.of(inputType), Shape.batchOf(size, size));
        // Bytes are not divided by 255: the answer has unit norm, so only the epsilons must know the range.
        Value pixels = inputType == ElementType.FLOAT32 ? patches : cast(patches, DataType.FLOAT32);
        float[] differences = SiftNetKernels.differences(size);
        Value alongX = graph.constant("differences_x", differences, Shape.of(size, size));
        Value alongY =
                graph.constant("differences_y", SiftNetKernels.transposed(differences, size), Shape.of(size, size));
        Value gx = matMul(pixels, alongX); // (N, S, S)
        Value gy = matMul(alongY, pixels); // (N, S, S)
        Value squared = add(mul(gx, gx), mul(gy, gy));
        Value magnitude = sqrt(add(squared, scalar(OrientationPlanes.EPSILON * pixelRange * pixelRange)));
        Value x = add(gx, scalar(OrientationPlanes.EPSILON * pixelRange));
        Value histogram = histogram(new AngleSteps(x, gy, norm(squared, magnitude)), magnitude);
        graph.output(OUTPUT, normalised(histogram));
        return graph;
    }

    /// Length of the gradient for the angle. Bytes have no gradient below 1, where the magnitude's epsilon
    /// makes 3e-6 of a difference at most, so the magnitude serves; RootSIFT would show it.
    private Value norm(Value squared, Value magnitude) {
        boolean magnitudeServes = inputType == ElementType.UINT8 && !net.rootSift();
        return magnitudeServes ? magnitude : sqrt(add(squared, scalar(OrientationPlanes.TINY)));
    }

    private Value histogram(AngleSteps steps, Value magnitude) {
        long pixels = (long) net.patchSize() * net.patchSize();
        long cells = (long) net.cells() * net.cells();
        var orientations = new OrientationPlanes(net);
        Value planes = orientations.apply(steps, magnitude); // (N, R, S S)
        Value pooling = graph.constant("pooling", SiftNetKernels.pooling(net), Shape.of(pixels, cells));
        Value pooled = matMul(planes, pooling); // (N, R, C C)
        return reshape(orientations.toBins(pooled), Shape.batchOf(net.dimension())); // (N, A C C)
    }

    private Value normalised(Value histogram) {
        Value clipped = clip(L2Normalize.DEFAULT.apply(histogram), 0, (float) net.clip());
        Value unit = L2Normalize.DEFAULT.apply(clipped);
        if (!net.rootSift()) {
            return unit;
        }
        return sqrt(add(L1Normalize.DEFAULT.apply(unit), scalar(OrientationPlanes.EPSILON)));
    }

    private Value scalar(double value) {
        return graph.scalar((float) value);
    }
}
