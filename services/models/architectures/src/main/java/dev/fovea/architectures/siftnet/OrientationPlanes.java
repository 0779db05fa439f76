package dev.fovea.architectures.siftnet;

import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Linear;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;

/// From gradients to planes whose weighted sums make a SIFTNet's histogram, whatever the area they are summed
/// over.
///
/// Binning by angle and pooling are both linear in the planes, so pooling comes first: [#toBins] then works
/// on a few sums instead of an image.
public record OrientationPlanes(SiftNet net) {

    /// Source: the published code's `eps`, inside the square root and beside gx, for pixels in [0, 1].
    static final double EPSILON = 1e-10;
    /// Keeps the angle of a pixel without any gradient defined; far below the square of any gradient.
    static final double TINY = 1e-30;

    /// Bins up to which kinks stay within 2e-5 of the largest entry.
    private static final int MOST_KINKS = 16;

    /// Number of planes R.
    public int count() {
        return binning().planes();
    }

    /// **Shape:** twice (N, ...) to (N, R, P), P elements of an item.
    ///
    /// @param gx horizontal differences of pixels in [0, 1]
    /// @param gy vertical differences
    public Value apply(Value gx, Value gy) {
        Value squared = Elementwise.add(Elementwise.mul(gx, gx), Elementwise.mul(gy, gy));
        Value magnitude = Elementwise.sqrt(Elementwise.offset(squared, (float) EPSILON));
        Value norm = Elementwise.sqrt(Elementwise.offset(squared, (float) TINY));
        return apply(new AngleSteps(Elementwise.offset(gx, (float) EPSILON), gy, norm), magnitude);
    }

    /// **Shape:** angle and magnitude (N, ...) to (N, R, P).
    Value apply(AngleSteps steps, Value magnitude) {
        int bins = net.angularBins();
        Value angle = net.rootSift() ? steps.inBinsAsPublished(bins) : steps.inBins(bins);
        Shape shape = magnitude.shape();
        Shape plane = Shape.of(shape.dim(0), Dim.of(1), Dim.of(shape.fixedElements()));
        return binning().apply(Layout.reshape(angle, plane), Layout.reshape(magnitude, plane));
    }

    /// **Shape:** pooled planes (N, R, Q) to (N, A, Q).
    public Value toBins(Value pooled) {
        Graph graph = pooled.graph();
        SoftBinning binning = binning();
        Shape shape = Shape.of(net.angularBins(), binning.planes());
        return Linear.matMul(graph.constant("planes_to_bins", binning.toBins(), shape), pooled);
    }

    private SoftBinning binning() {
        int bins = net.angularBins();
        if (net.rootSift()) {
            return new ClippedRamps(bins, bins / 2, Math.ceilDiv(3 * bins, 2));
        }
        int lowest = Math.floorDiv(-bins, 4);
        int highest = Math.ceilDiv(3 * bins, 4);
        return bins <= MOST_KINKS ? new Kinks(bins, lowest, highest) : new ClippedRamps(bins, lowest, highest);
    }
}
