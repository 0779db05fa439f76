package dev.fovea.retrieval.wiring;

import dev.fovea.quarkus.parts.ServicePart;
import dev.fovea.retrieval.Collections;
import java.util.Optional;

/// The indexes, as probes and the way out see them.
record IndexPart(Collections collections) implements ServicePart {

    @Override
    public String name() {
        return "index";
    }

    @Override
    public Optional<String> problem() {
        return collections.problem();
    }

    @Override
    public void close() {
        collections.close();
    }
}
