package dev.fovea.architectures.siftnet;

import static dev.fovea.onnx.op.Elementwise.abs;
import static dev.fovea.onnx.op.Elementwise.add;
import static dev.fovea.onnx.op.Elementwise.cast;
import static dev.fovea.onnx.op.Elementwise.clip;
import static dev.fovea.onnx.op.Elementwise.div;
import static dev.fovea.onnx.op.Elementwise.less;
import static dev.fovea.onnx.op.Elementwise.mul;
import static dev.fovea.onnx.op.Elementwise.sqrt;
import static dev.fovea.onnx.op.Elementwise.sub;
import static dev.fovea.onnx.op.Elementwise.where;
import static dev.fovea.onnx.op.Layout.reshape;
import static dev.fovea.onnx.op.Linear.conv;
import static dev.fovea.onnx.op.Linear.matMul;

import dev.fovea.architectures.layers.L1Normalize;
import dev.fovea.architectures.layers.L2Normalize;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Conv;
import dev.fovea.onnx.shape.Shape;
import dev.fovea.repository.ElementType;

/// Writes a SIFTNet as an ONNX graph; the steps are the rows of the package's table.
///
/// **Batch:** every step works on each patch by itself, so a patch has the same answer in any batch.
///
/// ONNX has no Atan2. The angle comes from the half angle, `t = gy / (|g| + |gx|)`, which is within [-1, 1]
/// and never undefined; `gx < 0` turns the angle `a` into half a turn less `a`. So angles run from -1/4 to
/// 3/4 turn, and bins below zero are the last ones.
final class SiftNetGraph {

    static final String INPUT = "patches";
    static final String OUTPUT = "descriptors";

    /// Source: the published code's `eps`, inside the square root and beside gx, for pixels in [0, 1].
    private static final double EPSILON = 1e-10;
    /// Keeps the half angle of a pixel without any gradient defined; far below the square of any gradient.
    private static final float TINY = 1e-30f;

    private static final double BYTE_RANGE = 255;
    private static final int ATAN_TERMS = 7;

    private final SiftNet net;
    private final Graph graph;
    private final double pixelRange;

    private SiftNetGraph(SiftNet net, ElementType inputType) {
        this.net = net;
        this.graph = new Graph("siftnet");
        this.pixelRange = inputType == ElementType.UINT8 ? BYTE_RANGE : 1;
    }

    /// @param inputType UINT8 for pixels 0 to 255, FLOAT32 for pixels in [0, 1]
    static Graph of(SiftNet net, ElementType inputType) {
        return new SiftNetGraph(net, inputType).build(inputType);
    }

    private Graph build(ElementType inputType) {
        int size = net.patchSize();
        Value patches = graph.input(INPUT, DataType.of(inputType), Shape.batchOf(size, size));
        // Bytes are not divided by 255: the answer has unit norm, so only the epsilons must know the range.
        Value x = inputType == ElementType.FLOAT32 ? patches : cast(patches, DataType.FLOAT32);
        float[] differences = SiftNetKernels.differences(size);
        Value gx = matMul(x, graph.constant("differences_x", differences, Shape.of(size, size))); // (N, S, S)
        Value gy = matMul(
                graph.constant("differences_y", SiftNetKernels.transposed(differences, size), Shape.of(size, size)),
                x); // (N, S, S)
        Value squared = add(mul(gx, gx), mul(gy, gy));
        Value magnitude = sqrt(add(squared, scalar(EPSILON * pixelRange * pixelRange)));
        Value histogram = histogram(magnitude, angle(gx, gy, squared));
        graph.output(OUTPUT, normalised(histogram));
        return graph;
    }

    /// Angle in units of angular bins, from -A/4 to 3A/4.
    private Value angle(Value gx, Value gy, Value squared) {
        double halfTurn = net.angularBins() / 2.0;
        Value x = add(gx, scalar(EPSILON * pixelRange));
        Value half = div(gy, add(sqrt(add(squared, graph.scalar(TINY))), abs(x))); // tan of half the angle
        Value square = mul(half, half);
        double[] coefficients = ArcTangent.coefficients(ATAN_TERMS);
        double binsPerHalfRadian = net.angularBins() / Math.PI;
        Value polynomial = scalar(coefficients[ATAN_TERMS - 1] * binsPerHalfRadian);
        for (int term = ATAN_TERMS - 2; term >= 0; term--) {
            polynomial = add(mul(square, polynomial), scalar(coefficients[term] * binsPerHalfRadian));
        }
        Value right = mul(half, polynomial);
        return where(less(x, graph.scalar(0)), sub(scalar(halfTurn), right), right);
    }

    private Value histogram(Value magnitude, Value angle) {
        int size = net.patchSize();
        int cells = net.cells();
        var ramps = new AngularRamps(net.angularBins());
        Value position = reshape(angle, Shape.batchOf(1, size, size));
        Value ramp = clip(
                conv(
                        position,
                        graph.constant("ramp_slopes", ramps.slopes(), Shape.of(ramps.count(), 1, 1, 1)),
                        graph.constant("ramp_offsets", ramps.offsets(), Shape.of(ramps.count())),
                        Conv.valid(1)),
                0,
                1); // (N, R, S, S)
        Value weighted = mul(ramp, reshape(magnitude, Shape.batchOf(1, size, size)));
        Value pooling = graph.constant(
                "pooling", SiftNetKernels.pooling(net), Shape.of((long) size * size, (long) cells * cells));
        Value pooled =
                matMul(reshape(weighted, Shape.batchOf(ramps.count(), (long) size * size)), pooling); // (N, R, CC)
        Value toBins = graph.constant("ramps_to_bins", ramps.toBins(), Shape.of(net.angularBins(), ramps.count()));
        return reshape(matMul(toBins, pooled), Shape.batchOf(net.dimension()));
    }

    private Value normalised(Value histogram) {
        Value clipped = clip(L2Normalize.DEFAULT.apply(histogram), 0, (float) net.clip());
        Value unit = L2Normalize.DEFAULT.apply(clipped);
        if (!net.rootSift()) {
            return unit;
        }
        return sqrt(add(L1Normalize.DEFAULT.apply(unit), scalar(EPSILON)));
    }

    private Value scalar(double value) {
        return graph.scalar((float) value);
    }
}
