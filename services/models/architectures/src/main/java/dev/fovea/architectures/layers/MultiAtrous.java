package dev.fovea.architectures.layers;

import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Conv;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Pool;
import dev.fovea.onnx.shape.Shape;
import java.util.ArrayList;
import java.util.List;

/// Sees each position at several widths: 3 x 3 convolutions of several dilations, and the mean of the whole
/// map.
///
/// Source: Yang et al., "DOLG", ICCV 2021, arXiv:2108.02927, section 3.3, after the atrous pyramid of
/// DeepLab. The pooled branch is a single vector, so that its bilinear upsampling is a repetition.
///
/// | tensors                | what                                                             |
/// |------------------------|------------------------------------------------------------------|
/// | `dilated_convs.i`      | 3 x 3 convolution with bias, dilation i                          |
/// | `dilated_convs.n.1`    | 1 x 1 convolution with bias of the pooled maps, ReLU; n: dilations |
///
/// **Shape:** (N, C, H, W) to (N, channels, H, W). **Range:** unbounded.
///
/// @param channels of the result, in equal parts for each dilation and the pooled branch
/// @param dilations as published: 3, 6, 9
public record MultiAtrous(long channels, List<Integer> dilations) {

    /// As published.
    public static final List<Integer> DILATIONS = List.of(3, 6, 9);

    /// @throws IllegalArgumentException if the channels do not divide into the branches
    public MultiAtrous {
        dilations = List.copyOf(dilations);
        int branches = dilations.size() + 1;
        if (channels % branches != 0) {
            throw new IllegalArgumentException(channels + " channels do not divide into " + branches + " branches");
        }
    }

    public Value apply(Value x, WeightScope weights) {
        WeightScope branches = weights.scope("dilated_convs");
        long part = channels / (dilations.size() + 1);
        List<Value> parts = new ArrayList<>();
        for (int dilation : dilations) {
            var conv = new Conv(3, 1, dilation, dilation, 1);
            parts.add(Conv2d.withBias(part, conv).apply(x, branches.scope(parts.size())));
        }
        WeightScope pooled = branches.scope(dilations.size()).scope(1);
        parts.add(spread(pooled(x, part, pooled), x));
        return Layout.concat(parts, 1);
    }

    /// What every position gets of the whole map, (N, outputs, 1, 1).
    static Value pooled(Value x, long outputs, WeightScope weights) {
        return Activation.RELU.apply(Conv2d.withBias(outputs, Conv.valid(1)).apply(Pool.globalAverage(x), weights));
    }

    /// A vector at every position of a map.
    static Value spread(Value vector, Value map) {
        Shape shape =
                vector.shape().with(2, map.shape().dim(2)).with(3, map.shape().dim(3));
        return Layout.expand(vector, shape);
    }
}
