package dev.fovea.architectures.embedding;

import dev.fovea.architectures.trunk.Naming;
import dev.fovea.architectures.weights.WeightScope;
import java.util.Locale;

/// Where an embedder's weights hold the trunk.
public enum TrunkNames {
    /// Below the embedder's scope, a torchvision network: `features.layer1.0.conv1.weight`.
    NESTED,
    /// Below the embedder's scope, a PyTorch `Sequential`: `features.4.0.conv1.weight`.
    SEQUENTIAL,
    /// At the root, a torchvision checkpoint, whose classifier is left: `layer1.0.conv1.weight`.
    TORCHVISION;

    Naming naming() {
        return switch (this) {
            case SEQUENTIAL -> Naming.SEQUENTIAL;
            case NESTED, TORCHVISION -> Naming.TORCHVISION;
        };
    }

    WeightScope scope(WeightScope root, String name) {
        return switch (this) {
            case NESTED, SEQUENTIAL -> root.scope(name);
            case TORCHVISION -> {
                root.leave("fc");
                root.leave("classifier");
                yield root;
            }
        };
    }

    /// As users type it: `nested`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
