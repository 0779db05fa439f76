package dev.fovea.architectures.layers;

import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Conv;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Linear;
import dev.fovea.onnx.op.Reduce;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;

/// NetVLAD aggregation: the local features of an image to one vector of their differences to visual words.
///
/// Source: Arandjelović et al., "NetVLAD", CVPR 2016, arXiv:1511.07247, eq. (4); order of norms, names and
/// layout as in `lyakaap/NetVLAD-pytorch` and `Nanne/pytorch-NetVlad`, `netvlad.py`.
///
/// | name here  | paper | tensor            | shape        | meaning                               |
/// |------------|-------|-------------------|--------------|---------------------------------------|
/// | `clusters` | K     |                   |              | number of visual words                |
/// |            | w, b  | `conv.weight`, `.bias` | (K, D, 1, 1), (K) | soft assignment, before softmax |
/// |            | c     | `centroids`       | (K, D)       | visual words                          |
///
/// An assignment by distance of sharpness alpha is w = 2 alpha c and b = -alpha |c|^2.
///
/// Steps: L2 of each position, softmax over the words, sums of weighted differences, L2 of each word's sum,
/// L2 of all.
///
/// **Shape:** (N, D, H, W) to (N, K D), word by word. **Range:** unit norm.
///
/// @param assignmentBias whether the assignment has the bias b; `pytorch-NetVlad` (`vladv2` off) trains
///     without
public record NetVlad(long clusters, boolean assignmentBias) {

    public Value apply(Value x, WeightScope weights) {
        long depth = x.shape().size(1);
        long positions = x.shape().size(2) * x.shape().size(3);
        Dim batch = x.shape().dim(0);
        Value unit = L2Normalize.along(1).apply(x);
        Value scores = new Conv2d(clusters, Conv.valid(1), assignmentBias).apply(unit, weights.scope("conv"));
        Value flatScores = Layout.reshape(scores, Shape.of(batch, Dim.of(clusters), Dim.of(positions)));
        Value shares = Elementwise.softmax(flatScores, 1); // (N, K, P)
        Value features = Layout.reshape(unit, Shape.of(batch, Dim.of(depth), Dim.of(positions)));
        Value sums = Linear.matMul(shares, Layout.transpose(features, 0, 2, 1)); // (N, K, D)
        Value counts = Reduce.sum(shares, 2); // (N, K, 1)
        Value centroids = weights.tensor(x, "centroids", clusters, depth);
        Value residuals = Elementwise.sub(sums, Elementwise.mul(counts, centroids));
        Value perWord = L2Normalize.DEFAULT.apply(residuals);
        return L2Normalize.DEFAULT.apply(Layout.flatten(perWord));
    }
}
