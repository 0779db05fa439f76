package dev.fovea.architectures.layers;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Reduce;

/// Gives every item zero mean and unit variance over all its elements.
///
/// | form       | divisor                  | source                                                      |
/// |------------|--------------------------|-------------------------------------------------------------|
/// | `DEVIATION`| `std + epsilon`, unbiased| HardNet, DagnyT/hardnet `code/HardNet.py`, `input_norm`     |
/// | `INSTANCE` | `sqrt(var + epsilon)`    | PyTorch `torch.nn.InstanceNorm2d` of one channel            |
///
/// **Shape:** (N, 1, H, W) to the same. **Range:** zero mean; zeros for an item whose elements are equal.
///
/// @param epsilon in units of the input, for `INSTANCE` of its square
public record Standardize(Form form, float epsilon) {

    /// What the centred elements are divided by.
    public enum Form {
        DEVIATION,
        INSTANCE
    }

    private static final int[] ITEM = {1, 2, 3};

    public Value apply(Value x) {
        Value centred = Elementwise.sub(x, Reduce.mean(x, ITEM));
        Value squares = Elementwise.mul(centred, centred);
        long elements = x.shape().size(1) * x.shape().size(2) * x.shape().size(3);
        Value divisor =
                switch (form) {
                    case DEVIATION ->
                        Elementwise.offset(
                                Elementwise.sqrt(Elementwise.scale(Reduce.sum(squares, ITEM), 1f / (elements - 1))),
                                epsilon);
                    case INSTANCE -> Elementwise.sqrt(Elementwise.offset(Reduce.mean(squares, ITEM), epsilon));
                };
        return Elementwise.div(centred, divisor);
    }
}
