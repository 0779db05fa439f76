package dev.fovea.retrieval;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.vectorindex.InputChecks;
import dev.fovea.vectorindex.VectorIndex;

/// A collection whose index is open.
///
/// @param model whose embeddings the index holds
public record ImageCollection(CollectionSettings settings, ModelIdentity model, VectorIndex index) {

    public String name() {
        return settings.name();
    }

    /// Exactly the model whose embeddings are in the index.
    ModelRef embedder() {
        return new ModelRef(model.name(), model.version());
    }

    /// What the index would refuse, to be refused before anything is computed.
    InputChecks checks() {
        return new InputChecks(index.spec());
    }

    /// Returns when what was written before is as safe and as visible as its sender wants.
    void acknowledge(Acknowledgement wanted, Deadline deadline) throws InterruptedException {
        if (wanted != Acknowledgement.WRITTEN) {
            index.makeDurable(deadline);
        }
        if (wanted == Acknowledgement.VISIBLE) {
            index.awaitVisible(deadline);
        }
    }
}
