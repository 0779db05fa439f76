package dev.fovea.onnx;

import dev.fovea.onnx.shape.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An ONNX graph being built. It owns its values and gives each a unique name.
///
/// Guarantees: operators come out in the order they were added, so every value is made before it is used,
/// and the same calls give the same graph. One thread builds a graph.
public final class Graph {

    private final String name;
    private final Set<String> names = new HashSet<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final List<Value> inputs = new ArrayList<>();
    private final List<Initializer> initializers = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Value> outputs = new LinkedHashMap<>();

    public Graph(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /// @throws IllegalArgumentException if the name is taken
    public Value input(String inputName, DataType type, Shape shape) {
        reserve(inputName);
        var value = new Value(this, inputName, type, shape);
        inputs.add(value);
        return value;
    }

    /// A float32 constant, row major.
    ///
    /// @throws IllegalArgumentException if the number of values is not that of the shape
    public Value constant(String hint, float[] values, Shape shape) {
        return constant(hint, values, shape, DataType.FLOAT32);
    }

    /// A FLOAT32 or FLOAT16 constant, row major; halves are rounded when the file is written.
    ///
    /// @throws IllegalArgumentException if the type is another or the number of values is not that of the
    ///     shape
    public Value constant(String hint, float[] values, Shape shape, DataType type) {
        if (type != DataType.FLOAT32 && type != DataType.FLOAT16) {
            throw new IllegalArgumentException("constant " + hint + ": floats cannot be " + type);
        }
        FileLimit.require("constant " + hint, shape, type);
        requireCount(hint, values.length, shape);
        ByteBuffer content = littleEndian(values.length, Float.BYTES);
        content.asFloatBuffer().put(values);
        return initializer(hint, type, shape, content);
    }

    /// A list of int64, as shapes, axes and indices are given to operators.
    public Value constant(String hint, long... values) {
        return constant(hint, values, Shape.of(values.length));
    }

    /// An int64 constant, row major.
    ///
    /// @throws IllegalArgumentException if the number of values is not that of the shape
    public Value constant(String hint, long[] values, Shape shape) {
        requireCount(hint, values.length, shape);
        ByteBuffer content = littleEndian(values.length, Long.BYTES);
        content.asLongBuffer().put(values);
        return initializer(hint, DataType.INT64, shape, content);
    }

    public Value scalar(float value) {
        return scalar(value, DataType.FLOAT32);
    }

    /// @throws IllegalArgumentException if the type is not FLOAT32 or FLOAT16
    public Value scalar(float value, DataType type) {
        return constant("scalar", new float[] {value}, Shape.scalar(), type);
    }

    /// Stands for an optional operand that is left out while a later one is given.
    public Value absent() {
        return new Value(this, "", DataType.FLOAT32, Shape.scalar());
    }

    /// Adds an operator that no typed method offers; `dev.fovea.onnx.op` is built on this.
    ///
    /// @param type element type of the result, which the caller has inferred
    /// @param shape shape of the result, which the caller has inferred
    /// @throws IllegalArgumentException if an input belongs to another graph
    public Value node(
            String operator, List<Value> operands, Map<String, Attribute> attributes, DataType type, Shape shape) {
        return nodes(operator, operands, attributes, List.of(new Result(type, shape)))
                .getFirst();
    }

    /// Adds an operator with several results.
    ///
    /// @throws IllegalArgumentException if an input belongs to another graph
    public List<Value> nodes(
            String operator, List<Value> operands, Map<String, Attribute> attributes, List<Result> results) {
        for (Value operand : operands) {
            requireOwn(operator, operand);
        }
        List<Value> outputs = results.stream()
                .map(result -> new Value(this, unique(operator), result.type(), result.shape()))
                .toList();
        nodes.add(new Node(operator, operands, outputs, attributes));
        return outputs;
    }

    /// What the caller has inferred of one result of an operator.
    public record Result(DataType type, Shape shape) {}

    /// Names a value as an output of the graph.
    ///
    /// @throws IllegalArgumentException if the name is taken or the value belongs to another graph
    public void output(String outputName, Value value) {
        requireOwn("output " + outputName, value);
        reserve(outputName);
        outputs.put(outputName, value);
    }

    /// The same graph with every batch normalisation that follows a convolution made part of it.
    public Graph withBatchNormFolded() {
        return BatchNormFolding.fold(this);
    }

    /// A graph that computes the same from another list of nodes and constants, less what no output needs.
    Graph with(List<Initializer> newInitializers, List<Node> newNodes) {
        var copy = new Graph(name);
        inputs.forEach(input -> copy.input(input.name(), input.type(), input.shape()));
        outputs.forEach((outputName, value) -> copy.outputs.put(outputName, copy.own(value)));
        List<String> results = outputs.values().stream().map(Value::name).toList();
        Set<String> needed = Liveness.needed(results, newNodes, Node::outputNames, Node::inputNames);
        for (Initializer initializer : newInitializers) {
            if (needed.contains(initializer.value().name())) {
                copy.names.add(initializer.value().name());
                copy.initializers.add(new Initializer(copy.own(initializer.value()), initializer.content()));
            }
        }
        for (Node node : newNodes) {
            if (node.outputNames().stream().anyMatch(needed::contains)) {
                copy.nodes.add(new Node(
                        node.operator(),
                        node.inputs().stream().map(copy::own).toList(),
                        node.outputs().stream().map(copy::own).toList(),
                        node.attributes()));
            }
        }
        copy.names.addAll(names);
        return copy;
    }

    private Value own(Value value) {
        return new Value(this, value.name(), value.type(), value.shape());
    }

    List<Value> inputs() {
        return Collections.unmodifiableList(inputs);
    }

    List<Initializer> initializers() {
        return Collections.unmodifiableList(initializers);
    }

    List<Node> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    Map<String, Value> outputs() {
        return Collections.unmodifiableMap(outputs);
    }

    private Value initializer(String hint, DataType type, Shape shape, ByteBuffer content) {
        var value = new Value(this, unique(hint), type, shape);
        initializers.add(new Initializer(value, content));
        return value;
    }

    private void requireOwn(String user, Value value) {
        if (value.graph() != this) {
            throw new IllegalArgumentException(user + ": " + value + " belongs to graph \""
                    + value.graph().name() + "\", not to \"" + name + "\"");
        }
    }

    private static void requireCount(String hint, int count, Shape shape) {
        if (!shape.namedDims().isEmpty() || shape.fixedElements() != count) {
            throw new IllegalArgumentException(
                    "constant " + hint + ": " + count + " values do not fill the shape " + shape);
        }
    }

    private static ByteBuffer littleEndian(int count, int elementBytes) {
        return ByteBuffer.allocate(Math.multiplyExact(count, elementBytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private String unique(String hint) {
        String candidate;
        do {
            int count = counts.merge(hint, 1, Integer::sum);
            candidate = hint + "_" + count;
        } while (!names.add(candidate));
        return candidate;
    }

    private void reserve(String wanted) {
        if (!names.add(wanted)) {
            throw new IllegalArgumentException("graph \"" + name + "\" already has a value named \"" + wanted + "\"");
        }
    }
}
