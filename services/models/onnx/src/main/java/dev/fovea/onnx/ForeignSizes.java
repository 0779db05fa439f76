package dev.fovea.onnx;

import dev.fovea.onnx.proto.GraphProto;
import dev.fovea.onnx.proto.TensorShapeProto;
import dev.fovea.onnx.proto.TypeProto;
import dev.fovea.onnx.proto.ValueInfoProto;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import java.util.HashMap;
import java.util.Map;

/// Gives the open sizes of a foreign input a number or another name, and follows a name to wherever it
/// stands.
final class ForeignSizes {

    private ForeignSizes() {}

    /// @throws IllegalArgumentException if the input declares another rank or another fixed size
    static GraphProto bound(GraphProto graph, ValueInfoProto input, Shape wanted) {
        requireFits("input", ForeignValue.of(input), wanted);
        Map<String, Dim> meanings = new HashMap<>();
        var declared = input.getType().getTensorType().getShape();
        for (int axis = 0; axis < declared.getDimCount(); axis++) {
            String param = declared.getDim(axis).getDimParam();
            Dim meaning = wanted.dim(axis);
            Dim other = param.isEmpty() ? null : meanings.put(param, meaning);
            if (other != null && !other.equals(meaning)) {
                throw new IllegalArgumentException(
                        "input " + input.getName() + ": " + param + " cannot be both " + other + " and " + meaning);
            }
        }
        var bound = graph.toBuilder();
        bound.getInputBuilderList().forEach(one -> {
            bind(one, meanings);
            if (one.getName().equals(input.getName())) {
                one.getTypeBuilder().getTensorTypeBuilder().setShape(Encoding.shape(wanted));
            }
        });
        bound.getOutputBuilderList().forEach(one -> bind(one, meanings));
        bound.getValueInfoBuilderList().forEach(one -> bind(one, meanings));
        return bound.build();
    }

    /// @throws IllegalArgumentException if the value declares another rank or another fixed size
    static void requireFits(String kind, ForeignValue value, Shape wanted) {
        value.shape().ifPresent(declared -> {
            boolean fits = declared.rank() == wanted.rank();
            for (int axis = 0; fits && axis < declared.rank(); axis++) {
                fits = !declared.isFixed(axis) || declared.dim(axis).equals(wanted.dim(axis));
            }
            if (!fits) {
                throw new IllegalArgumentException(
                        kind + " " + value.name() + " is " + declared + " in the file, which cannot be " + wanted);
            }
        });
    }

    private static void bind(ValueInfoProto.Builder value, Map<String, Dim> meanings) {
        if (value.getType().getValueCase() != TypeProto.ValueCase.TENSOR_TYPE
                || !value.getType().getTensorType().hasShape()) {
            return;
        }
        for (TensorShapeProto.Dimension.Builder dim :
                value.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder().getDimBuilderList()) {
            Dim meaning = meanings.get(dim.getDimParam());
            if (meaning != null) {
                dim.clear().mergeFrom(Encoding.dim(meaning));
            }
        }
    }
}
