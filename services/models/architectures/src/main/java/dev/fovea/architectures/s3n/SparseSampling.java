package dev.fovea.architectures.s3n;

import dev.fovea.architectures.layers.PeakMap.Peaks;
import dev.fovea.architectures.layers.SparseAttention;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Order;
import dev.fovea.onnx.shape.Shape;
import java.util.Arrays;
import java.util.function.Supplier;

/// From peaks to two maps: one of what to enlarge, one of what to enlarge instead of that.
///
/// A peak of score s adds `s exp(-d^2 / (2 sigma^2))` to the first, `1 / s exp(-d^2 / (2 sigma^2))` to the
/// second. Sigma is the radius times the map's side times `sqrt(s)`; the first map of [Sampling#EXTREME]
/// takes `s` instead, as the published code does.
///
/// @param radius of the first map's Gaussians, share of the side
/// @param radiusInv of the second map's
/// @param base value of both maps far from every peak
record SparseSampling(Sampling mode, float radius, float radiusInv, float base) {

    private static final float BELOW_ALL = -2;

    /// **Shape:** (N, 1, S, S) each. **Range:** the base and up.
    record Maps(Value zoom, Value complement) {}

    private record Chosen(Value forZoom, Value forComplement) {}

    /// @param random numbers in [0, 1), (N, S S) or (1, S S); only [Sampling#RANDOM] asks for them
    Maps apply(Peaks peaks, Supplier<Value> random) {
        Graph graph = peaks.scaled().graph();
        int size = Math.toIntExact(peaks.scaled().shape().size(3));
        Value isPeak = Layout.flatten(peaks.isPeak()); // (N, P)
        Value score = Elementwise.where(isPeak, Layout.flatten(peaks.scaled()), graph.scalar(1));
        Chosen chosen = chosen(isPeak, score, random);
        Value none = graph.scalar(0);
        Value zoomWeights = Elementwise.where(chosen.forZoom(), score, none);
        Value complementWeights = Elementwise.where(chosen.forComplement(), Elementwise.reciprocal(score), none);
        Value zoomSpreads = mode == Sampling.EXTREME ? Elementwise.mul(score, score) : score;
        return new Maps(
                new SparseAttention(size, radius, base).apply(zoomWeights, zoomSpreads),
                new SparseAttention(size, radiusInv, base).apply(complementWeights, score));
    }

    private Chosen chosen(Value isPeak, Value score, Supplier<Value> random) {
        return switch (mode) {
            case ALL -> new Chosen(isPeak, isPeak);
            case RANDOM -> {
                Value isAbove = Elementwise.greater(score, random.get());
                yield new Chosen(Elementwise.and(isPeak, isAbove), Elementwise.and(isPeak, Elementwise.not(isAbove)));
            }
            case EXTREME -> new Chosen(best(isPeak, score), best(isPeak, Elementwise.neg(score)));
        };
    }

    /// Only the peak of the largest rank, the first on ties; none where there is no peak.
    private static Value best(Value isPeak, Value rank) {
        Graph graph = rank.graph();
        long[] positions = new long[Math.toIntExact(rank.shape().size(1))];
        Arrays.setAll(positions, i -> i);
        Value largest = Order.argMax(Elementwise.where(isPeak, rank, graph.scalar(BELOW_ALL)), 1); // (N, 1)
        Value isLargest =
                Elementwise.equal(largest, graph.constant("positions", positions, Shape.of(1, positions.length)));
        return Elementwise.and(isPeak, isLargest);
    }
}
