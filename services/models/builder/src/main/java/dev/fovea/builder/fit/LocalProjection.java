package dev.fovea.builder.fit;

import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.layers.PcaProjection;
import dev.fovea.architectures.weights.HeldTensor;
import dev.fovea.architectures.weights.WeightSource;
import dev.fovea.architectures.weights.WeightTensor;
import dev.fovea.builder.numbers.Matrix;
import dev.fovea.builder.numbers.PrincipalComponents;
import java.util.HashMap;
import java.util.Map;

/// The projection of local features that some architectures put below their codebook: option `pca`, tensors
/// `pca.mean` and `pca.components`.
final class LocalProjection {

    private static final String OPTION = "pca";
    private static final String SCOPE = "pca.";

    private LocalProjection() {}

    /// Whether the network has one that no weights give.
    static boolean isWanted(ImageArchitecture network, OptionValues values, WeightSource given) {
        boolean known =
                network.options().stream().anyMatch(option -> option.name().equals(OPTION));
        return known
                && values.wholeNumber(OPTION) > 0
                && given.names().stream().noneMatch(name -> name.startsWith(SCOPE));
    }

    /// The options of the same network without one.
    static Map<String, String> without(Map<String, String> options) {
        Map<String, String> others = new HashMap<>(options);
        others.remove(OPTION);
        return others;
    }

    /// @param features of unit norm, one per row
    /// @throws IllegalArgumentException if the features do not vary in as many directions
    static Map<String, WeightTensor> fit(Matrix features, OptionValues values) {
        int kept = values.wholeNumber(OPTION);
        PrincipalComponents components = PrincipalComponents.of(features, kept);
        if (components.count() < kept) {
            throw new IllegalArgumentException("local features of these images span " + components.count()
                    + " dimensions, not " + kept + " (option " + OPTION + ")");
        }
        Matrix directions = components.directions();
        return Map.of(
                SCOPE + PcaProjection.MEAN,
                HeldTensor.of(components.mean(), features.columns()),
                SCOPE + PcaProjection.COMPONENTS,
                HeldTensor.of(directions.toArray(), features.columns(), kept));
    }
}
