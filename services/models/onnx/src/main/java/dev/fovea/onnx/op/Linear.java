package dev.fovea.onnx.op;

import dev.fovea.onnx.Attribute;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.shape.Broadcast;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Matrix products and convolution.
public final class Linear {

    private Linear() {}

    /// Product of the last two dimensions; the ones before broadcast.
    ///
    /// **Shape:** (..., M, K) x (..., K, L) to (..., M, L).
    ///
    /// @throws IllegalArgumentException if an operand has less than two dimensions or the inner sizes differ
    public static Value matMul(Value left, Value right) {
        Shape a = left.shape();
        Shape b = right.shape();
        if (a.rank() < 2 || b.rank() < 2) {
            throw new IllegalArgumentException("MatMul: both need two dimensions: left " + a + ", right " + b);
        }
        if (!a.dim(-1).equals(b.dim(-2))) {
            throw new IllegalArgumentException("MatMul: inner sizes differ: left " + a + ", right " + b);
        }
        requireSameType("MatMul", left, right);
        Shape outer = Broadcast.of("MatMul", allButTwo(a), allButTwo(b));
        List<Dim> dims = new ArrayList<>(outer.dims());
        dims.add(a.dim(-2));
        dims.add(b.dim(-1));
        return left.graph().node("MatMul", List.of(left, right), Map.of(), left.type(), new Shape(dims));
    }

    /// `x weight^T + bias`, a fully connected layer.
    ///
    /// **Shape:** (N, K), (L, K), (L) to (N, L).
    ///
    /// @throws IllegalArgumentException if the sizes do not fit
    public static Value gemm(Value x, Value weight, Value bias) {
        boolean fits = x.shape().rank() == 2
                && weight.shape().rank() == 2
                && x.shape().dim(1).equals(weight.shape().dim(1))
                && bias.shape().equals(Shape.of(weight.shape().dim(0)));
        if (!fits) {
            throw new IllegalArgumentException("Gemm: (N, K), (L, K) and (L) wanted, found " + x.shape() + ", "
                    + weight.shape() + " and " + bias.shape());
        }
        requireSameType("Gemm", x, weight);
        requireSameType("Gemm", x, bias);
        Shape shape = Shape.of(x.shape().dim(0), weight.shape().dim(0));
        return x.graph().node("Gemm", List.of(x, weight, bias), Map.of("transB", Attribute.of(1L)), x.type(), shape);
    }

    /// Two-dimensional cross-correlation.
    ///
    /// **Shape:** (N, C, H, W), (O, C / groups, kernel, kernel), (O) to (N, O, H', W').
    ///
    /// @throws IllegalArgumentException if the sizes do not fit, naming the shapes
    public static Value conv(Value x, Value weight, Value bias, Conv conv) {
        if (!bias.shape().equals(Shape.of(weight.shape().dim(0)))) {
            throw new IllegalArgumentException(
                    "Conv: bias " + bias.shape() + " does not give one number per output of " + weight.shape());
        }
        requireSameType("Conv", x, bias);
        return conv(x, weight, List.of(x, weight, bias), conv);
    }

    /// As [#conv(Value, Value, Value, Conv)], without bias.
    ///
    /// @throws IllegalArgumentException if the sizes do not fit, naming the shapes
    public static Value conv(Value x, Value weight, Conv conv) {
        return conv(x, weight, List.of(x, weight), conv);
    }

    private static Value conv(Value x, Value weight, List<Value> operands, Conv conv) {
        requireSameType("Conv", x, weight);
        Shape shape = conv.outputShape(x.shape(), weight.shape());
        Map<String, Attribute> attributes = Map.of(
                "kernel_shape", Attribute.ofAll(conv.kernel(), conv.kernel()),
                "strides", Attribute.ofAll(conv.stride(), conv.stride()),
                "pads", Attribute.ofAll(conv.padding(), conv.padding(), conv.padding(), conv.padding()),
                "dilations", Attribute.ofAll(conv.dilation(), conv.dilation()),
                "group", Attribute.of((long) conv.groups()));
        return x.graph().node("Conv", operands, attributes, x.type(), shape);
    }

    /// Mixes the channels of each position: a one-dimensional convolution with a kernel of 1.
    ///
    /// **Shape:** (N, C, P), (O, C), (O) to (N, O, P).
    ///
    /// @param weight row major, O times C numbers
    /// @throws IllegalArgumentException if the sizes do not fit
    public static Value pointwise(Value x, float[] weight, float[] bias) {
        long channels = x.shape().rank() == 3 ? x.shape().size(1) : -1;
        if (weight.length != bias.length * channels) {
            throw new IllegalArgumentException("Conv: (N, C, P) wanted with " + weight.length + " weights for "
                    + bias.length + " outputs, found " + x.shape());
        }
        Value weights = x.graph().constant("weight", weight, Shape.of(bias.length, channels, 1), x.type());
        Value biases = x.graph().constant("bias", bias, Shape.of(bias.length), x.type());
        Shape shape = x.shape().with(1, Dim.of(bias.length));
        return x.graph()
                .node("Conv", List.of(x, weights, biases), Map.of("kernel_shape", Attribute.ofAll(1)), x.type(), shape);
    }

    private static Shape allButTwo(Shape shape) {
        return new Shape(shape.dims().subList(0, shape.rank() - 2));
    }

    private static void requireSameType(String operator, Value x, Value parameter) {
        if (x.type() != parameter.type()) {
            throw new IllegalArgumentException(operator + ": element types differ: left " + x + ", right " + parameter);
        }
    }
}
