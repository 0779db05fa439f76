package dev.fovea.architectures;

import dev.fovea.architectures.weights.NoWeights;
import dev.fovea.architectures.weights.WeightSource;
import dev.fovea.repository.ElementType;
import java.util.List;
import java.util.Map;

/// What model is wanted of an architecture.
///
/// @param name of the model, see [dev.fovea.repository.ModelManifest]
/// @param version positive
/// @param options by [Option#name]; those not given take their defaults
/// @param weights where the network's numbers come from
/// @param labels class names in the order of the scores; empty for none
/// @param builder name and version of the program that asks, for the provenance
public record ModelRequest(
        String name,
        int version,
        Map<String, String> options,
        ServingForm form,
        WeightSource weights,
        List<String> labels,
        String builder) {

    public ModelRequest {
        options = Map.copyOf(options);
        labels = List.copyOf(labels);
    }

    /// Version 1 under the architecture's own name, all defaults, no weights.
    public static ModelRequest defaults(String name, ElementType inputType) {
        return new ModelRequest(
                name, 1, Map.of(), ServingForm.DEFAULT.withInput(inputType), new NoWeights(), List.of(), "fovea");
    }

    public ModelRequest withOptions(Map<String, String> newOptions) {
        return new ModelRequest(name, version, newOptions, form, weights, labels, builder);
    }

    public ModelRequest withForm(ServingForm newForm) {
        return new ModelRequest(name, version, options, newForm, weights, labels, builder);
    }

    public ModelRequest withWeights(WeightSource newWeights) {
        return new ModelRequest(name, version, options, form, newWeights, labels, builder);
    }

    public ModelRequest withLabels(List<String> newLabels) {
        return new ModelRequest(name, version, options, form, weights, newLabels, builder);
    }
}
