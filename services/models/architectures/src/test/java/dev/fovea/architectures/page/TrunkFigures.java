package dev.fovea.architectures.page;

import dev.fovea.architectures.Precision;
import dev.fovea.architectures.trunk.FeatureMaps;
import dev.fovea.architectures.trunk.Trunk;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.GraphStep;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.shape.Shape;
import java.util.List;

/// What the page says of a trunk in numbers, for one image.
record TrunkFigures(String name, long parameters, long multiplyAdds, List<Layer> layers) {

    /// Side of the image, pixels.
    static final int SIDE = 224;

    static TrunkFigures of(Trunk trunk, List<LayerRow> rows) {
        var graph = new Graph(trunk.name());
        var weights = new SizesOnly();
        Value pixels = graph.input("pixels", DataType.FLOAT32, Shape.batchOf(3, SIDE, SIDE));
        FeatureMaps maps = trunk.apply(pixels, WeightScope.of(weights), Precision.FLOAT32);
        graph.output("maps", maps.last());
        List<GraphStep> steps = GraphStep.of(graph);
        return new TrunkFigures(
                trunk.name(), weights.parameters(), Layer.multiplyAdds(steps), Layer.of(steps, rows, weights.learnt()));
    }
}
