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
        long fmod = left.type().isFloat() ? 1 : 0;
        return left.graph().node("Mod", List.of(left, right), Map.of("fmod", Attribute.of(fmod)), left.type(), shape);
    }

    public static Value less(Value left, Value right) {
        return comparison("Less", left, right);
    }

    public static Value greater(Value left, Value right) {
        return comparison("Greater", left, right);
    }

    public static Value greaterOrEqual(Value left, Value right) {
        return comparison("GreaterOrEqual", left, right);
    }

    public static Value equal(Value left, Value right) {
        return comparison("Equal", left, right);
    }

    public static Value and(Value left, Value right) {
        requireBool("And", left);
        return comparison("And", left, right);
    }

    public static Value not(Value x) {
        requireBool("Not", x);
        return unary("Not", x);
    }

    /// `condition ? then : otherwise`, element by element.
    public static Value where(Value condition, Value then, Value otherwise) {
        requireBool("Where: the condition", condition);
        Shape branches = matching("Where", then, otherwise);
        Shape shape = Broadcast.of("Where", condition.shape(), branches);
        return condition.graph().node("Where", List.of(condition, then, otherwise), Map.of(), then.type(), shape);
    }

    public static Value sqrt(Value x) {
        return real("Sqrt", x);
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
        return real("Floor", x);
    }

    public static Value relu(Value x) {
        return unary("Relu", x);
    }

    public static Value reciprocal(Value x) {
        return real("Reciprocal", x);
    }

    /// Arc tangent, radians.
    public static Value atan(Value x) {
        return real("Atan", x);
    }

    public static Value tanh(Value x) {
        return real("Tanh", x);
    }

    public static Value sigmoid(Value x) {
        return real("Sigmoid", x);
    }

    /// `ln(1 + e^x)`.
    public static Value softplus(Value x) {
        return real("Softplus", x);
    }

    public static Value exp(Value x) {
        return real("Exp", x);
    }

    /// Natural logarithm.
    public static Value log(Value x) {
        return real("Log", x);
    }

    public static Value pow(Value x, float exponent) {
        return binary("Pow", x, like(x, exponent));
    }

    /// `x * factor`.
    public static Value scale(Value x, float factor) {
        return mul(x, like(x, factor));
    }

    /// `x + summand`.
    public static Value offset(Value x, float summand) {
        return add(x, like(x, summand));
    }

    /// Limits a float to `[low, high]`.
    public static Value clip(Value x, float low, float high) {
        List<Value> operands = List.of(x, like(x, low), like(x, high));
        return x.graph().node("Clip", operands, Map.of(), x.type(), x.shape());
    }

    /// The same numbers in another type; the value itself if it has that type already.
    public static Value cast(Value x, DataType type) {
        if (x.type() == type) {
            return x;
        }
        return x.graph().node("Cast", List.of(x), Map.of("to", Attribute.of((long) type.code())), type, x.shape());
    }

    public static Value softmax(Value x, int axis) {
        requireFloat("Softmax", x);
        int normal = x.shape().normalise(axis);
        return x.graph().node("Softmax", List.of(x), Map.of("axis", Attribute.of((long) normal)), x.type(), x.shape());
    }

    /// A constant of the operand's own float type.
    private static Value like(Value x, float value) {
        return x.graph().scalar(value, x.type());
    }

    private static Value real(String operator, Value x) {
        requireFloat(operator, x);
        return unary(operator, x);
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

    private static void requireBool(String subject, Value x) {
        if (x.type() != DataType.BOOL) {
            throw new IllegalArgumentException(subject + " must be BOOL, found " + x);
        }
    }

    private static void requireFloat(String operator, Value x) {
        if (!x.type().isFloat()) {
            throw new IllegalArgumentException(operator + ": a float is wanted, found " + x);
        }
    }

    private static void requireSameType(String operator, Value left, Value right) {
        if (left.type() != right.type()) {
            throw new IllegalArgumentException(operator + ": element types differ: left " + left + ", right " + right);
        }
    }
}
