package dev.fovea.onnx;

import dev.fovea.onnx.proto.AttributeProto;
import dev.fovea.onnx.proto.GraphProto;
import dev.fovea.onnx.proto.NodeProto;
import dev.fovea.onnx.proto.TensorProto;
import dev.fovea.onnx.shape.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The constant tensors of any ONNX file, by name; a tensor is converted when it is asked for.
///
/// Initializers of the main graph, and tensors of `Constant` operators under the name of their result. The
/// bytes of the file are kept, not copied.
public final class OnnxInitializers {

    private final Map<String, TensorProto> tensors;

    private OnnxInitializers(Map<String, TensorProto> tensors) {
        this.tensors = Collections.unmodifiableMap(tensors);
    }

    /// @param file must not be changed afterwards
    /// @throws IllegalArgumentException if the bytes are no ONNX model, with the reason
    public static OnnxInitializers read(byte[] file) {
        Map<String, TensorProto> tensors = new LinkedHashMap<>();
        GraphProto graph = Parsing.model(file).getGraph();
        graph.getInitializerList().forEach(tensor -> tensors.put(tensor.getName(), tensor));
        for (NodeProto node : graph.getNodeList()) {
            if (node.getOpType().equals("Constant") && node.getOutputCount() == 1) {
                node.getAttributeList().stream()
                        .filter(attribute -> attribute.getName().equals("value") && attribute.hasT())
                        .map(AttributeProto::getT)
                        .forEach(tensor -> tensors.put(node.getOutput(0), tensor));
            }
        }
        return new OnnxInitializers(tensors);
    }

    /// In the file's order.
    public Set<String> names() {
        return tensors.keySet();
    }

    /// Whether it holds numbers that training finds: floats, of rank 1 or more. Shapes, axes and scalar
    /// settings are constants too.
    ///
    /// @throws IllegalArgumentException if there is no such tensor
    public boolean isWeight(String name) {
        TensorProto tensor = tensor(name);
        return TensorNumbers.isFloat(tensor) && tensor.getDimsCount() > 0;
    }

    /// All sizes fixed; a scalar has none.
    ///
    /// @throws IllegalArgumentException if there is no such tensor, a size is negative, or its elements
    ///     cannot be counted in 64 bits
    public Shape shape(String name) {
        return TensorNumbers.shape(name, tensor(name));
    }

    /// Its elements as float32, row major; a new array at every call. Whole numbers and doubles are rounded.
    ///
    /// @throws IllegalArgumentException if there is no such tensor, its content lies in another file or does
    ///     not fill its shape, or its type is none of float32, float16, bfloat16, float64, int8, uint8,
    ///     int32, int64
    public float[] values(String name) {
        return TensorNumbers.values(name, tensor(name));
    }

    private TensorProto tensor(String name) {
        TensorProto tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException(
                    "no constant tensor \"" + name + "\" among the " + tensors.size() + " of the file");
        }
        return tensor;
    }
}
