package dev.fovea.onnx;

import dev.fovea.onnx.shape.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes batch normalisation part of the convolution before it: one operator and one rounding less.
///
/// With `s = scale / sqrt(variance + epsilon)` per output channel, the weight becomes `s * weight` and the
/// bias `s * (bias - mean) + shift`, computed in double. A convolution whose result somebody else uses too
/// stays as it is. Convolutions that share weights and normalisation share the folded ones.
final class BatchNormFolding {

    private static final String CONV = "Conv";
    private static final String NORM = "BatchNormalization";
    private static final int FIRST_PARAMETER = 1;

    private final Graph graph;
    private final Map<String, Initializer> constants = new HashMap<>();
    private final Map<String, Node> producers = new HashMap<>();
    private final Map<String, Integer> uses = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final List<Initializer> initializers;
    private final Map<Key, Folded> folded = new HashMap<>();

    private record Key(List<String> operands, double epsilon) {}

    private record Folded(Value weight, Value bias) {}

    private BatchNormFolding(Graph graph) {
        this.graph = graph;
        initializers = new ArrayList<>(graph.initializers());
        graph.initializers().forEach(one -> constants.put(one.value().name(), one));
        for (Node node : graph.nodes()) {
            node.outputNames().forEach(name -> producers.put(name, node));
            node.inputNames().forEach(name -> uses.merge(name, 1, Integer::sum));
            names.addAll(node.outputNames());
        }
        graph.outputs().values().forEach(value -> uses.merge(value.name(), 1, Integer::sum));
        names.addAll(constants.keySet());
        graph.inputs().forEach(input -> names.add(input.name()));
        names.addAll(graph.outputs().keySet());
    }

    static Graph fold(Graph graph) {
        return new BatchNormFolding(graph).run();
    }

    private Graph run() {
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            Node conv = foldable(node);
            nodes.add(conv == null ? node : merged(conv, node));
        }
        return graph.with(initializers, nodes);
    }

    /// The convolution that a batch normalisation can become part of.
    private @Nullable Node foldable(Node norm) {
        if (!norm.operator().equals(NORM)) {
            return null;
        }
        Value x = norm.inputs().getFirst();
        Node conv = producers.get(x.name());
        boolean fits = conv != null
                && conv.operator().equals(CONV)
                && uses.getOrDefault(x.name(), 0) == 1
                && areConstants(conv)
                && areConstants(norm);
        return fits ? conv : null;
    }

    private boolean areConstants(Node node) {
        return node.inputNames().stream().skip(FIRST_PARAMETER).allMatch(constants::containsKey);
    }

    private Node merged(Node conv, Node norm) {
        double epsilon = norm.attributes().get("epsilon") instanceof Attribute.Real real ? real.value() : 1e-5f;
        List<String> operands = new ArrayList<>(
                conv.inputNames().subList(FIRST_PARAMETER, conv.inputs().size()));
        operands.addAll(norm.inputNames().subList(FIRST_PARAMETER, norm.inputs().size()));
        Folded parameters = folded.computeIfAbsent(new Key(operands, epsilon), _ -> parameters(conv, norm, epsilon));
        List<Value> inputs = List.of(conv.inputs().getFirst(), parameters.weight(), parameters.bias());
        return new Node(CONV, inputs, norm.outputs(), conv.attributes());
    }

    private Folded parameters(Node conv, Node norm, double epsilon) {
        Value weight = conv.inputs().get(1);
        FloatBuffer weights = floats(weight);
        int outputs = Math.toIntExact(weight.shape().size(0));
        FloatBuffer scale = floats(norm.inputs().get(1));
        FloatBuffer shift = floats(norm.inputs().get(2));
        FloatBuffer mean = floats(norm.inputs().get(3));
        FloatBuffer variance = floats(norm.inputs().get(4));
        @Nullable
        FloatBuffer bias = conv.inputs().size() > 2 ? floats(conv.inputs().get(2)) : null;
        int perOutput = weights.remaining() / outputs;
        ByteBuffer newWeights = littleEndian(weights.remaining());
        ByteBuffer newBias = littleEndian(outputs);
        for (int o = 0; o < outputs; o++) {
            double factor = scale.get(o) / Math.sqrt(variance.get(o) + epsilon);
            double old = bias == null ? 0 : bias.get(o);
            newBias.putFloat((float) (factor * (old - mean.get(o)) + shift.get(o)));
            for (int i = 0; i < perOutput; i++) {
                newWeights.putFloat((float) (factor * weights.get(o * perOutput + i)));
            }
        }
        return new Folded(
                constant(weight.name(), weight.type(), weight.shape(), newWeights.flip()),
                constant(weight.name() + "_bias", weight.type(), Shape.of(outputs), newBias.flip()));
    }

    private Value constant(String hint, DataType type, Shape shape, ByteBuffer content) {
        String name = hint + "_folded";
        for (int count = 2; !names.add(name); count++) {
            name = hint + "_folded_" + count;
        }
        var value = new Value(graph, name, type, shape);
        initializers.add(new Initializer(value, content));
        return value;
    }

    private FloatBuffer floats(Value value) {
        Initializer constant = constants.get(value.name());
        if (constant == null) {
            throw new IllegalStateException(value + " is no constant");
        }
        return constant.floats();
    }

    private static ByteBuffer littleEndian(int floats) {
        return ByteBuffer.allocate(floats * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }
}
