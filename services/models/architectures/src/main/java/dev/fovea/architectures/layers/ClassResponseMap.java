package dev.fovea.architectures.layers;

import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Linear;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;

/// Where in an image each class is seen: a classifier's weights applied to every position instead of to the
/// mean.
///
/// Source: Zhou et al., "Learning Deep Features for Discriminative Localization", CVPR 2016; in S3N
/// `map_origin`, a 1 x 1 convolution that shares `weight` (K, C) and `bias` (K) with the fully connected
/// layer.
///
/// **Shape:** (N, C, h, w) to (N, K, h, w). **Range:** that of the classifier's scores.
///
/// @param classes K
public record ClassResponseMap(long classes) {

    public Value apply(Value features, WeightScope classifier) {
        long channels = features.shape().size(1);
        long height = features.shape().size(2);
        long width = features.shape().size(3);
        Value weight = classifier.tensor(features, "weight", classes, channels);
        Value bias = Layout.unsqueeze(classifier.tensor(features, "bias", classes), 1); // (K, 1)
        Value positions = Layout.reshape(features, batch(features, channels, height * width));
        Value responses = Elementwise.add(Linear.matMul(weight, positions), bias); // (N, K, h w)
        return Layout.reshape(responses, batch(features, classes, height, width));
    }

    /// The mean that each map would have if it were resized, without resizing it: resizing and averaging are
    /// both sums with fixed weights.
    ///
    /// **Shape:** (N, K, h, w) to (N, K).
    ///
    /// @param size side of the resized map, corners aligned
    public static Value resizedMeans(Value maps, int size) {
        long height = maps.shape().size(2);
        long width = maps.shape().size(3);
        double[] rows = meanShares(height, size);
        double[] columns = meanShares(width, size);
        float[] shares = new float[rows.length * columns.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = (float) (rows[i / columns.length] * columns[i % columns.length]);
        }
        Value positions = Layout.reshape(maps, batch(maps, maps.shape().size(1), height * width));
        Value weights = maps.graph().constant("mean_shares", shares, Shape.of(shares.length, 1));
        return Layout.squeeze(Linear.matMul(positions, weights), 2);
    }

    /// What each of `from` samples gives to the mean of `to` samples between them.
    private static double[] meanShares(long from, int to) {
        double[] shares = new double[Math.toIntExact(from)];
        for (int i = 0; i < to; i++) {
            double at = to == 1 ? 0 : i * (from - 1.0) / (to - 1);
            int below = (int) Math.min(Math.floor(at), from - 1.0);
            int above = (int) Math.min(below + 1, from - 1);
            shares[below] += (1 - (at - below)) / to;
            shares[above] += (at - below) / to;
        }
        return shares;
    }

    private static Shape batch(Value like, long... sizes) {
        Dim[] dims = new Dim[sizes.length + 1];
        dims[0] = like.shape().dim(0);
        for (int i = 0; i < sizes.length; i++) {
            dims[i + 1] = Dim.of(sizes[i]);
        }
        return Shape.of(dims);
    }
}
