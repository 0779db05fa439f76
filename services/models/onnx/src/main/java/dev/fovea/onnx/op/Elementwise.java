package dev.fovea.onnx.op;

import dev.fovea.onnx.Attribute;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.shape.Broadcast;
import dev.fovea.onnx.shape.Shape;
import java.util.List;
import java.util.Map;

/// Operators that work element by element; two operands broadcast.
///
/// Every method throws [IllegalArgumentException] if types differ or shapes do not broadcast, naming both.
public final class Elementwise {

    private Elementwise() {}

    public static Value add(Value left, Value right) {
        return binary("Add", left, right);
    }

    public static Value sub(Value left, Value right) {
        return binary("Sub", left, right);
    }

    public static Value mul(Value left, Value right) {
        return binary("Mul", left, right);
    }

    public static Value div(Value left, Value right) {
        return binary("Div", left, right);
    }

    public static Value max(Value left, Value right) {
        return binary("Max", left, right);
    }

    public static Value min(Value left, Value right) {
        return binary("Min", left, right);
    }

    /// Remainder with the divisor's sign for whole numbers, with the dividend's (C's `fmod`) for float.
    public static Value mod(Value left, Value right) {
        Shape shape = matching("Mod", left, right);
        long fmod = left.type() == DataType.FLOAT32 || left.type() == DataType.FLOAT16 ? 1 : 0;
        return left.graph().node("Mod", List.of(left, right), Map.of("fmod", Attribute.of(fmod)), left.type(), shape);
    }

    public static Value less(Value left, Value right) {
        return comparison("Less", left, right);
    }

    public static Value greater(Value left, Value right) {
        return comparison("Greater", left, right);
    }

    public static Value equal(Value left, Value right) {
        return comparison("Equal", left, right);
    }

    /// `condition ? then : otherwise`, element by element.
    public static Value where(Value condition, Value then, Value otherwise) {
        if (condition.type() != DataType.BOOL) {
            throw new IllegalArgumentException("Where: the condition must be BOOL, found " + condition);
        }
        Shape branches = matching("Where", then, otherwise);
        Shape shape = Broadcast.of("Where", condition.shape(), branches);
        return condition.graph().node("Where", List.of(condition, then, otherwise), Map.of(), then.type(), shape);
    }

    public static Value sqrt(Value x) {
        return unary("Sqrt", x);
    }

    public static Value abs(Value x) {
        return unary("Abs", x);
    }

    public static Value neg(Value x) {
        return unary("Neg", x);
    }

    public static Value sign(Value x) {
        return unary("Sign", x);
    }

    public static Value floor(Value x) {
        return unary("Floor", x);
    }

    public static Value relu(Value x) {
        return unary("Relu", x);
    }

    public static Value reciprocal(Value x) {
        return unary("Reciprocal", x);
    }

    /// Arc tangent, radians.
    public static Value atan(Value x) {
        return unary("Atan", x);
    }

    /// Limits a float32 value to `[low, high]`.
    public static Value clip(Value x, float low, float high) {
        Value lowest = x.graph().scalar(low);
        Value highest = x.graph().scalar(high);
        requireSameType("Clip", x, lowest);
        return x.graph().node("Clip", List.of(x, lowest, highest), Map.of(), x.type(), x.shape());
    }

    public static Value cast(Value x, DataType type) {
        return x.graph().node("Cast", List.of(x), Map.of("to", Attribute.of((long) type.code())), type, x.shape());
    }

    public static Value softmax(Value x, int axis) {
        int normal = x.shape().normalise(axis);
        return x.graph().node("Softmax", List.of(x), Map.of("axis", Attribute.of((long) normal)), x.type(), x.shape());
    }

    private static Value unary(String operator, Value x) {
        return x.graph().node(operator, List.of(x), Map.of(), x.type(), x.shape());
    }

    private static Value binary(String operator, Value left, Value right) {
        Shape shape = matching(operator, left, right);
        return left.graph().node(operator, List.of(left, right), Map.of(), left.type(), shape);
    }

    private static Value comparison(String operator, Value left, Value right) {
        Shape shape = matching(operator, left, right);
        return left.graph().node(operator, List.of(left, right), Map.of(), DataType.BOOL, shape);
    }

    private static Shape matching(String operator, Value left, Value right) {
        requireSameType(operator, left, right);
        return Broadcast.of(operator, left.shape(), right.shape());
    }

    private static void requireSameType(String operator, Value left, Value right) {
        if (left.type() != right.type()) {
            throw new IllegalArgumentException(operator + ": element types differ: left " + left + ", right " + right);
        }
    }
}
