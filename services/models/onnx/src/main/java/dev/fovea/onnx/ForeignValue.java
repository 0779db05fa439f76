package dev.fovea.onnx;

import dev.fovea.onnx.proto.TensorShapeProto;
import dev.fovea.onnx.proto.ValueInfoProto;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a foreign file says of one of its values.
///
/// @param type empty if it says nothing, or a type that graphs built here have not
/// @param shape empty if it says nothing; a size that has neither number nor name is named after the value
public record ForeignValue(String name, Optional<DataType> type, Optional<Shape> shape) {

    static ForeignValue of(ValueInfoProto declared) {
        var tensor = declared.getType().getTensorType();
        Optional<Shape> shape =
                tensor.hasShape() ? Optional.of(shape(declared.getName(), tensor.getShape())) : Optional.empty();
        return new ForeignValue(declared.getName(), DataType.ofCode(tensor.getElemType()), shape);
    }

    private static Shape shape(String name, TensorShapeProto shape) {
        List<Dim> dims = new ArrayList<>();
        for (TensorShapeProto.Dimension dim : shape.getDimList()) {
            dims.add(
                    switch (dim.getValueCase()) {
                        case DIM_VALUE -> size(name, dim, dims.size());
                        case DIM_PARAM -> named(name, dim.getDimParam(), dims.size());
                        case VALUE_NOT_SET -> named(name, "", dims.size());
                    });
        }
        return new Shape(dims);
    }

    /// Old exporters write -1 or 0 for a size that they do not know.
    private static Dim size(String name, TensorShapeProto.Dimension dim, int axis) {
        return dim.getDimValue() > 0 ? Dim.of(dim.getDimValue()) : named(name, "", axis);
    }

    private static Dim named(String name, String param, int axis) {
        return Dim.named(param.isBlank() ? name + "_" + axis : param);
    }
}
