package dev.fovea.onnxruntime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.fovea.inference.session.SessionException;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelVersion;
import dev.fovea.repository.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Compares what a manifest says with the graph it lies in, so that a mistake shows at load and not at the first
/// request.
final class GraphCheck {

    private GraphCheck() {}

    /// @throws SessionException listing every difference
    static void check(ModelManifest manifest, OrtSession session, ModelVersion model) throws SessionException {
        List<String> wrong = new ArrayList<>();
        if (manifest.inputs().size() != 1) {
            wrong.add("the manifest lists " + manifest.inputs().size() + " inputs, a batch fills exactly 1");
        }
        try {
            compare("input", manifest.inputs(), session.getInputInfo(), manifest, wrong);
            compare("output", manifest.outputs(), session.getOutputInfo(), manifest, wrong);
        } catch (OrtException unreadable) {
            throw OnnxRuntimeLoader.failure(
                    model, "its inputs and outputs cannot be read: " + unreadable.getMessage(), unreadable);
        }
        if (!wrong.isEmpty()) {
            throw OnnxRuntimeLoader.failure(model, "its manifest does not fit its graph: " + String.join("; ", wrong));
        }
    }

    private static void compare(
            String kind,
            List<TensorSpec> specs,
            Map<String, NodeInfo> graph,
            ModelManifest manifest,
            List<String> wrong) {
        List<String> names = specs.stream().map(TensorSpec::name).toList();
        if (!graph.keySet().equals(Set.copyOf(names))) {
            wrong.add("the manifest has the " + kind + "s " + names + ", the graph " + graph.keySet());
            return;
        }
        for (TensorSpec spec : specs) {
            NodeInfo node = graph.get(spec.name());
            if (node == null || !(node.getInfo() instanceof TensorInfo tensor)) {
                wrong.add(kind + " " + spec.name() + " is not a tensor in the graph");
                continue;
            }
            compareType(kind, spec, tensor, wrong);
            compareShape(kind, spec, tensor.getShape(), manifest.batchBuckets(), wrong);
        }
    }

    private static void compareType(String kind, TensorSpec spec, TensorInfo tensor, List<String> wrong) {
        if (tensor.type != javaType(spec.elementType())) {
            wrong.add(kind + " " + spec.name() + " is " + spec.elementType() + " in the manifest, " + tensor.type
                    + " in the graph");
        }
    }

    /// A size of -1 in the graph is one that it leaves open.
    private static void compareShape(
            String kind, TensorSpec spec, long[] shape, List<Integer> buckets, List<String> wrong) {
        boolean fits = shape.length == spec.itemShape().size() + 1;
        for (int i = 1; fits && i < shape.length; i++) {
            fits = shape[i] == -1 || shape[i] == spec.itemShape().get(i - 1);
        }
        if (!fits) {
            wrong.add(kind + " " + spec.name() + " has the shape (N, " + spec.itemShape() + ") in the manifest, "
                    + Arrays.toString(shape) + " in the graph");
        } else if (shape[0] != -1 && !buckets.equals(List.of((int) shape[0]))) {
            wrong.add(kind + " " + spec.name() + " has the fixed batch size " + shape[0]
                    + " in the graph, but the manifest has the buckets " + buckets);
        }
    }

    static OnnxJavaType javaType(ElementType type) {
        return switch (type) {
            case FLOAT32 -> OnnxJavaType.FLOAT;
            case FLOAT16 -> OnnxJavaType.FLOAT16;
            case UINT8 -> OnnxJavaType.UINT8;
            case INT64 -> OnnxJavaType.INT64;
        };
    }
}
