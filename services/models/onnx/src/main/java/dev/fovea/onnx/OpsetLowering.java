package dev.fovea.onnx;

import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes a graph's operators as an older operator set wants them, so that they can stand in a foreign file.
final class OpsetLowering {

    /// The first operator set of which every operator built here is known in some form.
    static final long LOWEST = 13;

    /// The last operator set that ONNX Runtime has run these operators with.
    static final long HIGHEST = 24;

    private static final long REDUCE_AXES_INPUT = 18;
    private static final long RESIZE_AXES = 18;
    private static final long GRID_SAMPLE = 16;
    private static final long GRID_SAMPLE_LINEAR = 20;
    private static final long PART_OF_SHAPE = 15;

    private final Graph graph;
    private final long opset;
    private final Map<String, Initializer> constants = new HashMap<>();

    private OpsetLowering(Graph graph, long opset) {
        this.graph = graph;
        this.opset = opset;
        graph.initializers().forEach(one -> constants.put(one.value().name(), one));
    }

    /// @throws IllegalArgumentException if the operator set is outside the supported ones or has not the
    ///     operator
    static Graph lower(Graph graph, long opset) {
        if (opset < LOWEST || opset > HIGHEST) {
            throw new IllegalArgumentException("graph \"" + graph.name() + "\" is written for opset " + OnnxWriter.OPSET
                    + " and can be put into files of opset " + LOWEST + " to " + HIGHEST + ", not of opset " + opset);
        }
        var lowering = new OpsetLowering(graph, opset);
        return graph.with(
                graph.initializers(),
                graph.nodes().stream().map(lowering::lower).toList());
    }

    private Node lower(Node node) {
        return switch (node.operator()) {
            case "ReduceMean", "ReduceMax", "ReduceMin", "ReduceL1", "ReduceL2" ->
                opset < REDUCE_AXES_INPUT ? withAxesAttribute(node) : node;
            case "GridSample" -> {
                requireOpset(node, GRID_SAMPLE, "");
                yield opset < GRID_SAMPLE_LINEAR ? with(node, "mode", Attribute.of("bilinear")) : node;
            }
            case "Resize" -> {
                requireOpset(node, RESIZE_AXES, " with axes");
                yield node;
            }
            case "Shape" -> {
                if (!node.attributes().isEmpty()) {
                    requireOpset(node, PART_OF_SHAPE, " of some axes");
                }
                yield node;
            }
            default -> node;
        };
    }

    private void requireOpset(Node node, long needed, String form) {
        if (opset < needed) {
            throw new IllegalArgumentException("graph \"" + graph.name() + "\": " + node.operator() + form
                    + " needs opset " + needed + ", the foreign file has opset " + opset
                    + ": export it again with a newer one");
        }
    }

    private Node withAxesAttribute(Node node) {
        Initializer axes = constants.get(node.inputs().get(1).name());
        if (axes == null) {
            throw new IllegalArgumentException(node.operator() + ": axes that are computed need opset "
                    + REDUCE_AXES_INPUT + ", the foreign file has opset " + opset);
        }
        LongBuffer content =
                axes.content().duplicate().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
        long[] numbers = new long[content.remaining()];
        content.get(numbers);
        Node lowered = with(node, "axes", Attribute.ofAll(numbers));
        return new Node(lowered.operator(), List.of(node.inputs().getFirst()), lowered.outputs(), lowered.attributes());
    }

    private static Node with(Node node, String attribute, Attribute value) {
        Map<String, Attribute> attributes = new TreeMap<>(node.attributes());
        attributes.put(attribute, value);
        return new Node(node.operator(), node.inputs(), node.outputs(), attributes);
    }
}
