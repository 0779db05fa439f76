package dev.fovea.builder.adopt;

import dev.fovea.architectures.layers.L2Normalize;
import dev.fovea.architectures.layers.VectorPooling;
import dev.fovea.architectures.weights.NoWeights;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import dev.fovea.repository.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What stands behind a foreign value so that the answer is one float32 vector per item.
///
/// @param pooling of maps; empty for a value that is a vector already
record Head(Optional<VectorPooling> pooling, boolean normalise) {

    private static final int MAP_RANK = 3;

    /// Whether the value is the answer as it is.
    boolean isNothing(TensorSpec value) {
        return pooling.isEmpty() && !normalise && value.itemShape().size() == 1 && type(value) == DataType.FLOAT32;
    }

    /// **Shape:** the value's to (N, D).
    ///
    /// @param value as ONNX Runtime gave it
    /// @throws IllegalArgumentException if the pooling wants maps and the value is none, or the other way round
    Graph on(TensorSpec value, Dim batch, String name) {
        List<Integer> item = value.itemShape();
        if (pooling.isPresent() && item.size() != MAP_RANK) {
            throw new IllegalArgumentException("value " + value.name() + " is (N, " + item + "), --head "
                    + pooling.get() + " pools maps (N, C, H, W)");
        }
        if (pooling.isEmpty() && item.stream().filter(size -> size > 1).count() > 1) {
            throw new IllegalArgumentException("value " + value.name() + " is (N, " + item
                    + "), the answer must be one vector per item; --head pools maps");
        }
        var graph = new Graph("head");
        List<Dim> dims = new ArrayList<>(List.of(batch));
        item.forEach(size -> dims.add(Dim.of(size)));
        Value given = graph.input("value", type(value), new Shape(dims));
        Value x = given.type() == DataType.FLOAT32 ? given : Elementwise.cast(given, DataType.FLOAT32);
        WeightScope weights = WeightScope.of(new NoWeights());
        Value vector = pooling.isPresent() ? pooling.get().apply(x, weights) : item.size() == 1 ? x : Layout.flatten(x);
        weights.requireAllUsedAndFound(); // a head that is learnt cannot be grafted on
        graph.output(name, normalise ? L2Normalize.DEFAULT.apply(vector) : vector);
        return graph;
    }

    private static DataType type(TensorSpec value) {
        return switch (value.elementType()) {
            case FLOAT32 -> DataType.FLOAT32;
            case FLOAT16 -> DataType.FLOAT16;
            case UINT8, INT64 ->
                throw new IllegalArgumentException(
                        "value " + value.name() + " is " + value.elementType() + ", an answer is FLOAT32 or FLOAT16");
        };
    }
}
