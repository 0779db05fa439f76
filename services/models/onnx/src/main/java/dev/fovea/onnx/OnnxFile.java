package dev.fovea.onnx;

import dev.fovea.onnx.proto.ModelProto;
import dev.fovea.onnx.proto.NodeProto;
import dev.fovea.onnx.proto.StringStringEntryProto;
import dev.fovea.onnx.proto.TensorProto;
import dev.fovea.onnx.proto.TensorShapeProto;
import dev.fovea.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What an ONNX file says of itself, without running it.
///
/// @param opset version of the standard operators; 0 if it imports none
/// @param operators number of operators in the main graph
/// @param externalData whether some weights lie in another file
/// @param inputs without constants, in the graph's order
/// @param metadata sorted by key
public record OnnxFile(
        String producer,
        long opset,
        int operators,
        boolean externalData,
        List<TensorSpec> inputs,
        List<TensorSpec> outputs,
        Map<String, String> metadata) {

    public OnnxFile {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        metadata = new TreeMap<>(metadata);
    }

    /// One input or output, in the file's own words: any ONNX file has them, also one without a manifest.
    ///
    /// @param type ONNX's word in lower case, for example `float`, or `type 16` for one this build has no
    ///     word for
    /// @param shape for example `(N, 32, 32)`; `?` for a size that is neither known nor named
    public record TensorSpec(String name, String type, String shape) {}

    /// @throws IllegalArgumentException if the bytes are no ONNX model, with the reason
    public static OnnxFile read(byte[] bytes) {
        return of(Parsing.model(bytes));
    }

    /// How often each operator stands in the graph, by name; those of other domains as `domain.Name`.
    ///
    /// @throws IllegalArgumentException if the bytes are no ONNX model, with the reason
    public static SortedMap<String, Integer> operatorCounts(byte[] bytes) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        for (NodeProto node : Parsing.model(bytes).getGraph().getNodeList()) {
            String domain = node.getDomain().isEmpty() ? "" : node.getDomain() + ".";
            counts.merge(domain + node.getOpType(), 1, Integer::sum);
        }
        return counts;
    }

    private static OnnxFile of(ModelProto model) {
        var graph = model.getGraph();
        Set<String> constants =
                graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
        Map<String, String> metadata = new TreeMap<>();
        for (StringStringEntryProto entry : model.getMetadataPropsList()) {
            metadata.put(entry.getKey(), entry.getValue());
        }
        return new OnnxFile(
                (model.getProducerName() + " " + model.getProducerVersion()).strip(),
                Parsing.opset(model),
                graph.getNodeCount(),
                graph.getInitializerList().stream()
                        .anyMatch(tensor -> tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL),
                graph.getInputList().stream()
                        .filter(input -> !constants.contains(input.getName()))
                        .map(OnnxFile::tensorSpec)
                        .toList(),
                graph.getOutputList().stream().map(OnnxFile::tensorSpec).toList(),
                metadata);
    }

    private static TensorSpec tensorSpec(ValueInfoProto value) {
        var tensor = value.getType().getTensorType();
        List<String> sizes = new ArrayList<>();
        for (TensorShapeProto.Dimension dimension : tensor.getShape().getDimList()) {
            sizes.add(
                    switch (dimension.getValueCase()) {
                        case DIM_VALUE -> String.valueOf(dimension.getDimValue());
                        case DIM_PARAM -> dimension.getDimParam();
                        case VALUE_NOT_SET -> "?";
                    });
        }
        return new TensorSpec(value.getName(), typeName(tensor.getElemType()), "(" + String.join(", ", sizes) + ")");
    }

    static String typeName(int code) {
        return DataType.ofCode(code)
                .map(type -> type.name().toLowerCase(Locale.ROOT))
                .orElse("type " + code);
    }
}
