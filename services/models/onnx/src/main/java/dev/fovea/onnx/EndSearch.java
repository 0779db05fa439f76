package dev.fovea.onnx;

import dev.fovea.onnx.ForeignEnd.Average;
import dev.fovea.onnx.ForeignEnd.WeightLayout;
import dev.fovea.onnx.proto.AttributeProto;
import dev.fovea.onnx.proto.GraphProto;
import dev.fovea.onnx.proto.NodeProto;
import dev.fovea.onnx.proto.TensorProto;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Walks from a classifier's answer back to the maps that it is made of.
final class EndSearch {

    private static final Set<String> SHAPE_ONLY = Set.of(
            "Identity",
            "Dropout",
            "Flatten",
            "Reshape",
            "Squeeze",
            "Unsqueeze",
            "Cast",
            "QuantizeLinear",
            "DequantizeLinear");

    /// Keep the order of the scores.
    private static final Set<String> ACTIVATIONS = Set.of("Softmax", "LogSoftmax", "Sigmoid");

    private static final List<Long> CHANNELS_FIRST = List.of(2L, 3L);
    private static final List<Long> CHANNELS_LAST = List.of(1L, 2L);
    private static final int RANK = 4;

    private final Map<String, NodeProto> makers = new HashMap<>();
    private final Map<String, TensorProto> constants = new HashMap<>();

    EndSearch(GraphProto graph) {
        graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
        for (NodeProto node : graph.getNodeList()) {
            node.getOutputList().forEach(name -> makers.put(name, node));
            attribute(node, "value")
                    .filter(value -> node.getOpType().equals("Constant") && value.hasT())
                    .ifPresent(value -> constants.put(node.getOutput(0), value.getT()));
        }
    }

    ForeignEnd end(String answer) {
        String scores = before(answer, true);
        Optional<Layer> layer = layer(scores);
        if (layer.isEmpty()) {
            return new ForeignEnd.Other("its scores come from " + described(scores) + ", not from a linear layer");
        }
        Optional<Average> average = averaged(layer.get().operand());
        if (average.isEmpty()) {
            String vector = before(layer.get().operand(), false);
            return new ForeignEnd.Other(
                    "its linear layer takes what " + described(vector) + " gives, not the mean of maps");
        }
        return new ForeignEnd.Linear(
                average.get(), layer.get().weight(), layer.get().layout(), scores);
    }

    Optional<Average> averaged(String vector) {
        return average(before(vector, false));
    }

    private record Layer(String operand, String weight, WeightLayout layout) {}

    /// The value before all operators that only change its shape or type.
    private String before(String value, boolean activations) {
        NodeProto node = makers.get(value);
        return node != null && passes(node.getOpType(), activations) ? before(node.getInput(0), activations) : value;
    }

    private static boolean passes(String operator, boolean activations) {
        // Behind a mean over all positions only the channels are more than one.
        return SHAPE_ONLY.contains(operator)
                || (activations ? ACTIVATIONS.contains(operator) : operator.equals("Transpose"));
    }

    private Optional<Layer> layer(String scores) {
        NodeProto node = makers.get(scores);
        if (node == null) {
            return Optional.empty();
        }
        return switch (node.getOpType()) {
            case "Add" ->
                node.getInputList().stream()
                        .filter(operand -> !isConstant(operand))
                        .filter(_ -> node.getInputList().stream().anyMatch(this::isConstant))
                        .findFirst()
                        .flatMap(this::product);
            default -> product(scores);
        };
    }

    private Optional<Layer> product(String scores) {
        NodeProto node = makers.get(scores);
        if (node == null || node.getInputCount() < 2 || !isConstant(node.getInput(1))) {
            return Optional.empty();
        }
        Optional<WeightLayout> layout =
                switch (node.getOpType()) {
                    case "Gemm" -> gemm(node);
                    case "MatMul" -> Optional.of(WeightLayout.INPUTS_FIRST);
                    case "Conv" -> isPointwise(node) ? Optional.of(WeightLayout.KERNEL) : Optional.empty();
                    default -> Optional.empty();
                };
        return layout.map(found -> new Layer(node.getInput(0), node.getInput(1), found));
    }

    private static Optional<WeightLayout> gemm(NodeProto node) {
        boolean plain = whole(node, "transA", 0) == 0
                && attribute(node, "alpha").map(AttributeProto::getF).orElse(1f) == 1f;
        if (!plain) {
            return Optional.empty();
        }
        return Optional.of(whole(node, "transB", 0) == 0 ? WeightLayout.INPUTS_FIRST : WeightLayout.OUTPUTS_FIRST);
    }

    private boolean isPointwise(NodeProto conv) {
        TensorProto weight = constants.get(conv.getInput(1));
        List<Long> kernel = attribute(conv, "kernel_shape")
                .map(AttributeProto::getIntsList)
                .or(() -> Optional.ofNullable(weight)
                        .map(known -> known.getDimsList().stream().skip(2).toList()))
                .orElse(List.of());
        return kernel.equals(List.of(1L, 1L)) && whole(conv, "group", 1) == 1;
    }

    private Optional<Average> average(String vector) {
        NodeProto node = makers.get(vector);
        if (node == null) {
            return Optional.empty();
        }
        String maps = node.getInput(0);
        return switch (node.getOpType()) {
            case "GlobalAveragePool" -> Optional.of(new Average(maps, false, List.of()));
            case "ReduceMean" -> {
                List<Long> axes = axes(node);
                yield axes.equals(CHANNELS_FIRST) || axes.equals(CHANNELS_LAST)
                        ? Optional.of(new Average(maps, axes.equals(CHANNELS_LAST), List.of()))
                        : Optional.empty();
            }
            case "AveragePool" -> {
                List<Long> window = attribute(node, "kernel_shape")
                        .map(AttributeProto::getIntsList)
                        .orElse(List.of());
                yield window.size() == 2 && isUnpadded(node)
                        ? Optional.of(new Average(maps, false, window))
                        : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private static boolean isUnpadded(NodeProto pool) {
        boolean same = attribute(pool, "auto_pad")
                .map(padding -> padding.getS().toStringUtf8().startsWith("SAME"))
                .orElse(false);
        return !same
                && attribute(pool, "pads").stream()
                        .flatMap(pads -> pads.getIntsList().stream())
                        .allMatch(pad -> pad == 0);
    }

    /// Counted from 0, ascending; empty if they are not constant.
    private List<Long> axes(NodeProto reduce) {
        Stream<Long> given = attribute(reduce, "axes")
                .map(axes -> axes.getIntsList().stream())
                .orElseGet(() -> reduce.getInputCount() > 1 ? numbers(reduce.getInput(1)) : Stream.of());
        return given.map(axis -> axis < 0 ? axis + RANK : axis).sorted().toList();
    }

    private Stream<Long> numbers(String constant) {
        TensorProto tensor = constants.get(constant);
        if (tensor == null) {
            return Stream.of();
        }
        float[] values = TensorNumbers.values(constant, tensor);
        Long[] numbers = new Long[values.length];
        Arrays.setAll(numbers, i -> (long) values[i]);
        return Stream.of(numbers);
    }

    private boolean isConstant(String value) {
        NodeProto node = makers.get(value);
        return constants.containsKey(value)
                || (node != null
                        && node.getInputCount() > 0
                        && node.getInputList().stream()
                                .filter(name -> !name.isEmpty())
                                .allMatch(this::isConstant));
    }

    private String described(String value) {
        NodeProto node = makers.get(value);
        return node == null ? value : node.getOpType() + " (" + value + ")";
    }

    private static long whole(NodeProto node, String attribute, long byDefault) {
        return attribute(node, attribute).map(AttributeProto::getI).orElse(byDefault);
    }

    private static Optional<AttributeProto> attribute(NodeProto node, String name) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst();
    }
}
