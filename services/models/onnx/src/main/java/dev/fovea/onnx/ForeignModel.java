package dev.fovea.onnx;

import dev.fovea.onnx.proto.GraphProto;
import dev.fovea.onnx.proto.ModelProto;
import dev.fovea.onnx.proto.StringStringEntryProto;
import dev.fovea.onnx.proto.TensorProto;
import dev.fovea.onnx.proto.ValueInfoProto;
import dev.fovea.onnx.shape.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An ONNX file that somebody else made, edited without running it: a front before an input, a head on any
/// inner value, other outputs, fixed sizes, metadata.
///
/// Immutable: every edit gives a new model, and the tensors are shared. Names that an edit needs are freed:
/// an inner value that has one gets another. Every method throws [IllegalArgumentException] naming what does
/// not fit.
public final class ForeignModel {

    private static final int NAMES_SHOWN = 5;

    private final ModelProto model;

    private ForeignModel(ModelProto model) {
        this.model = model;
    }

    /// @param file must not be changed afterwards
    /// @throws IllegalArgumentException if it is no ONNX file, or its weights lie in other files
    public static ForeignModel read(byte[] file) {
        ModelProto model = Parsing.model(file);
        for (TensorProto tensor : model.getGraph().getInitializerList()) {
            if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
                throw new IllegalArgumentException("tensor " + tensor.getName()
                        + " lies in another file; store the model as one file, without external data");
            }
        }
        return new ForeignModel(model);
    }

    /// Version of the standard operators; 0 if the file imports none.
    public long opset() {
        return Parsing.opset(model);
    }

    /// Without constants, in the file's order.
    public List<ForeignValue> inputs() {
        Set<String> constants = constants().collect(Collectors.toSet());
        return graph().getInputList().stream()
                .map(ForeignValue::of)
                .filter(input -> !constants.contains(input.name()))
                .toList();
    }

    /// In the file's order.
    public List<ForeignValue> outputs() {
        return graph().getOutputList().stream().map(ForeignValue::of).toList();
    }

    /// Names of all results of operators, in the order they are computed.
    public List<String> computed() {
        return graph().getNodeList().stream()
                .flatMap(node -> node.getOutputList().stream())
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /// The input of the layer that has a constant for its weights: the first operand of the first operator that takes
    /// the constant second.
    ///
    /// @throws IllegalArgumentException if no operator does
    public String operandBeside(String constant) {
        return graph().getNodeList().stream()
                .filter(node -> node.getInputCount() > 1 && node.getInput(1).equals(constant))
                .map(node -> node.getInput(0))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no operator takes " + constant + " for its weights"));
    }

    /// What the file says of a value; empty if it declares neither type nor shape.
    public Optional<ForeignValue> declared(String name) {
        return Stream.of(graph().getInputList(), graph().getOutputList(), graph().getValueInfoList())
                .flatMap(List::stream)
                .filter(value -> value.getName().equals(name))
                .map(ForeignValue::of)
                .findFirst();
    }

    /// Gives open sizes of an input a number, or a name: `(N, 3, 224, 224)`. A name that stood there changes
    /// wherever it stands.
    public ForeignModel withInputShape(String input, Shape shape) {
        return with(ForeignSizes.bound(graph(), graph().getInput(inputIndex(input)), shape));
    }

    /// Puts a graph before an input: its one output becomes the input, its one input is the model's from now
    /// on.
    public ForeignModel withFront(String input, Graph front) {
        Value in = GraphRules.only("input", front, front.inputs());
        Value out = GraphRules.only("output", front, List.copyOf(front.outputs().values()));
        GraphRules.requireComputes(front);
        int index = inputIndex(input);
        requireType(ForeignValue.of(graph().getInput(index)), out.type());
        requireNoOutput(input);
        GraphProto sized = ForeignSizes.bound(graph(), graph().getInput(index), out.shape());
        Splice splice = Splice.of(front, opset(), ForeignNames.freePrefix(sized, "front"), name -> name);
        GraphProto open = sized.toBuilder().removeInput(index).build();
        GraphProto joined = freed(ForeignNames.renamed(open, input, splice.name(out)), in.name());
        return with(joined.toBuilder()
                .clearNode()
                .addAllNode(splice.nodes())
                .addAllNode(joined.getNodeList())
                .addAllInitializer(splice.constants())
                .addInput(index, Encoding.valueInfo(in.name(), in.type(), in.shape()))
                .build());
    }

    /// Puts a graph behind a value, which may be an inner one: its one input becomes the value, its outputs
    /// are added to the model's.
    public ForeignModel withHead(String value, Graph head) {
        return withHead(Map.of(GraphRules.only("input", head, head.inputs()).name(), value), head);
    }

    /// As [#withHead(String, Graph)], of several values, constants among them.
    ///
    /// @param values by the names of the graph's inputs
    public ForeignModel withHead(Map<String, String> values, Graph head) {
        GraphRules.requireComputes(head);
        for (Value in : head.inputs()) {
            String value = values.getOrDefault(in.name(), "");
            if (constants().noneMatch(value::equals)) {
                requireComputed(value);
            }
            requireDeclared(value, in.type(), in.shape());
        }
        String prefix = ForeignNames.freePrefix(graph(), "head");
        Splice splice = Splice.of(head, opset(), prefix, name -> values.getOrDefault(name, name));
        GraphProto grafted = graph().toBuilder()
                .addAllNode(splice.nodes())
                .addAllInitializer(splice.constants())
                .build();
        for (Map.Entry<String, Value> output : head.outputs().entrySet()) {
            Value result = output.getValue();
            ValueInfoProto described = Encoding.valueInfo(output.getKey(), result.type(), result.shape());
            grafted = withOutput(grafted, splice.name(result), described);
        }
        return with(grafted);
    }

    /// Makes a value an output without saying its type and shape, so that ONNX Runtime can be asked for
    /// them. Nothing changes if it is one already.
    public ForeignModel withOutput(String value) {
        requireComputed(value);
        if (isOutput(value)) {
            return this;
        }
        return with(graph().toBuilder()
                .addOutput(ValueInfoProto.newBuilder().setName(value))
                .build());
    }

    /// Makes a value, which may be an inner one, an output under a name; it may be its own.
    ///
    /// @param type which the caller knows from the file or from ONNX Runtime, as the shape
    public ForeignModel withOutput(String value, String name, DataType type, Shape shape) {
        requireComputed(value);
        requireDeclared(value, type, shape);
        ValueInfoProto described = Encoding.valueInfo(name, type, shape);
        if (!value.equals(name)) {
            return with(withOutput(graph(), value, described));
        }
        var changed = graph().toBuilder();
        int index = outputNames().indexOf(name);
        return with((index < 0 ? changed.addOutput(described) : changed.setOutput(index, described)).build());
    }

    /// Keeps these outputs, in this order, and no other.
    public ForeignModel withOnlyOutputs(List<String> names) {
        var changed = graph().toBuilder().clearOutput();
        for (String name : names) {
            int index = outputNames().indexOf(name);
            if (index < 0) {
                throw new IllegalArgumentException("no output " + name + " among " + outputNames());
            }
            changed.addOutput(graph().getOutput(index));
        }
        return with(changed.build());
    }

    /// Adds an entry, or replaces the one with that key.
    public ForeignModel withMetadata(String key, String value) {
        Map<String, String> metadata = new TreeMap<>();
        model.getMetadataPropsList().forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
        metadata.put(key, value);
        var changed = model.toBuilder().clearMetadataProps();
        metadata.forEach((k, v) -> changed.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(k).setValue(v)));
        return new ForeignModel(changed.build());
    }

    /// The ONNX file, without what no output needs; equal edits of equal files give equal bytes.
    ///
    /// @throws IllegalArgumentException if there is no output or the file would be larger than 2 GB
    public byte[] toBytes() {
        return OnnxWriter.deterministic(ForeignPruning.pruned(model));
    }

    GraphProto graph() {
        return model.getGraph();
    }

    private Stream<String> constants() {
        return graph().getInitializerList().stream().map(TensorProto::getName);
    }

    private ForeignModel with(GraphProto graph) {
        return new ForeignModel(model.toBuilder().setGraph(graph).build());
    }

    private static GraphProto withOutput(GraphProto graph, String value, ValueInfoProto described) {
        String name = described.getName();
        GraphProto freed = freed(graph, name);
        return freed.toBuilder()
                .addNode(Encoding.copy(ForeignNames.freePrefix(freed, "output") + name, value, name))
                .addOutput(described)
                .build();
    }

    /// The graph in which an inner value of that name has another.
    private static GraphProto freed(GraphProto graph, String name) {
        boolean taken = Stream.concat(graph.getInputList().stream(), graph.getOutputList().stream())
                .anyMatch(value -> value.getName().equals(name));
        if (taken) {
            throw new IllegalArgumentException("the model has an input or output " + name + " already");
        }
        return ForeignNames.given(graph).contains(name)
                ? ForeignNames.renamed(graph, name, ForeignNames.freePrefix(graph, "foreign") + name)
                : graph;
    }

    private int inputIndex(String input) {
        List<String> names = inputs().stream().map(ForeignValue::name).toList();
        if (!names.contains(input)) {
            throw new IllegalArgumentException("no input " + input + " among " + names);
        }
        return graph().getInputList().stream()
                .map(ValueInfoProto::getName)
                .toList()
                .indexOf(input);
    }

    private List<String> outputNames() {
        return graph().getOutputList().stream().map(ValueInfoProto::getName).toList();
    }

    private boolean isOutput(String name) {
        return outputNames().contains(name);
    }

    private void requireNoOutput(String input) {
        if (isOutput(input)) {
            throw new IllegalArgumentException("input " + input + " is an output of the model, too");
        }
    }

    private void requireComputed(String value) {
        if (!computed().contains(value)) {
            throw new IllegalArgumentException("no operator of the model computes a value " + value + "; outputs are "
                    + outputNames() + ", the last values " + last(computed()));
        }
    }

    private static List<String> last(List<String> names) {
        return names.subList(Math.max(0, names.size() - NAMES_SHOWN), names.size());
    }

    private void requireDeclared(String value, DataType type, Shape shape) {
        declared(value).ifPresent(declared -> {
            requireType(declared, type);
            ForeignSizes.requireFits("value", declared, shape);
        });
    }

    private static void requireType(ForeignValue declared, DataType type) {
        if (declared.type().isPresent() && declared.type().get() != type) {
            throw new IllegalArgumentException(
                    declared.name() + " is " + declared.type().get() + " in the file, not " + type);
        }
    }
}
