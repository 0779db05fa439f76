package dev.fovea.builder.fit;

import dev.fovea.architectures.weights.WeightOrigin;
import dev.fovea.architectures.weights.WeightSource;
import dev.fovea.repository.Provenance;

/// Where a model's numbers come from when something was fitted on a trunk.
final class FittedOrigin {

    private FittedOrigin() {}

    /// The origin of a trunk with something fitted on it.
    ///
    /// @param how for a person: what was fitted to what
    static WeightOrigin of(WeightSource trunk, String how) {
        WeightOrigin before = trunk.origin();
        Provenance.Kind kind =
                before.kind() == Provenance.Kind.SEEDED ? Provenance.Kind.SEEDED : Provenance.Kind.FITTED;
        return new WeightOrigin(
                kind, how + "; below it " + before.kind() + ": " + before.source(), before.sha256(), before.licence());
    }
}
