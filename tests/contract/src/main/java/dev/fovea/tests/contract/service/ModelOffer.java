package dev.fovea.tests.contract.service;

import dev.fovea.proto.v1.ModelIdentity;
import dev.fovea.proto.v1.ModelRef;

/// A model that a service is told to serve.
///
/// @param provenance as `Info` publishes it: COMPUTED, FITTED, SEEDED, TRAINED
public record ModelOffer(String name, long version, String provenance) {

    static final String SEEDED = "SEEDED";

    String label() {
        return name + "@" + version;
    }

    ModelRef ref() {
        return ModelRef.newBuilder().setName(name).setVersion(version).build();
    }

    boolean is(ModelIdentity identity) {
        return identity.getName().equals(name) && identity.getVersion() == version;
    }
}
