package dev.fovea.architectures.page;

import dev.fovea.architectures.Architecture;
import dev.fovea.architectures.BuiltModel;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.ServingForm;
import dev.fovea.onnx.GraphStep;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What the page says of an architecture in numbers, for one image or patch at the default options.
record Figures(String task, String input, String output, long parameters, long multiplyAdds, List<Layer> layers) {

    private record Build(ModelManifest manifest, SizesOnly weights, List<GraphStep> steps) {}

    static Figures of(Architecture architecture) {
        Build whole = build(architecture, Map.of());
        LayerRows rows = LayerRows.of(architecture.name());
        Build shown = rows.options().isEmpty() ? whole : build(architecture, rows.options());
        return new Figures(
                architecture.task(),
                shapes(whole.manifest().inputs().subList(0, 1)),
                shapes(whole.manifest().outputs().subList(0, 1)),
                whole.weights().parameters(),
                Layer.multiplyAdds(whole.steps()),
                Layer.of(shown.steps(), rows.rows(), shown.weights().learnt()));
    }

    private static Build build(Architecture architecture, Map<String, String> options) {
        var weights = new SizesOnly();
        ModelRequest request = ModelRequest.defaults(architecture.name(), ElementType.UINT8)
                .withOptions(options)
                .withForm(ServingForm.DEFAULT.withBatchNormFolded(false));
        BuiltModel model =
                architecture.build(architecture.name().equals("siftnet") ? request : request.withWeights(weights));
        return new Build(model.manifest(), weights, GraphStep.of(model.graph()));
    }

    private static String shapes(List<TensorSpec> specs) {
        return specs.stream()
                .map(spec -> spec.itemShape().stream().map(String::valueOf).collect(Collectors.joining(" x ")))
                .collect(Collectors.joining(", "));
    }
}
