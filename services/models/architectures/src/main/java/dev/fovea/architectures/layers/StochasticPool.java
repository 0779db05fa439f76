package dev.fovea.architectures.layers;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Pool;
import dev.fovea.onnx.op.Window;

/// Stochastic pooling at test time: each window's elements weighted by themselves, `sum a^2 / sum a`.
///
/// Source: Zeiler and Fergus, "Stochastic Pooling for Regularization of Deep Convolutional Neural Networks", ICLR 2013,
/// arXiv:1301.3557, eq. (6); training draws an element with the probability a / sum a instead.
///
/// **Shape:** (N, C, H, W), elements at least 0, to (N, C, H', W'). **Range:** that of the input; 0 where all are 0.
public record StochasticPool(Window window) {

    public Value apply(Value x) {
        Value squares = Pool.average(Elementwise.mul(x, x), window);
        Value means = Pool.average(x, window);
        Value zero = x.graph().scalar(0, x.type());
        // The quotient of two zeros is no number; Where drops it.
        return Elementwise.where(Elementwise.equal(means, zero), zero, Elementwise.div(squares, means));
    }
}
