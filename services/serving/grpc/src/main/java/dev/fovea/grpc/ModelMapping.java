package dev.fovea.grpc;

import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.inference.lifecycle.Models;
import dev.fovea.inference.lifecycle.ServingModel;
import dev.fovea.proto.v1.ServedModel;
import dev.fovea.repository.ModelManifest;

/// Models as the messages of `common.proto` and `service_info.proto` name them.
public final class ModelMapping {
    private ModelMapping() {}

    /// @throws InvalidInput if the version is negative
    public static ModelRef ref(dev.fovea.proto.v1.ModelRef message) {
        if (message.getVersion() < 0) {
            throw new InvalidInput(
                    "MODEL_VERSION_INVALID",
                    "model version " + message.getVersion() + " is below 0 (0: the newest)",
                    message.getVersion(),
                    0);
        }
        return new ModelRef(message.getName(), message.getVersion());
    }

    public static dev.fovea.proto.v1.ModelIdentity identity(ModelIdentity model) {
        return dev.fovea.proto.v1.ModelIdentity.newBuilder()
                .setName(model.name())
                .setVersion(model.version())
                .setDigest(model.digest())
                .build();
    }

    /// As another service names its model.
    ///
    /// @throws InvalidInput `MODEL_VERSION_INVALID` if the version is no number of a model
    public static ModelIdentity identity(dev.fovea.proto.v1.ModelIdentity message) {
        if (message.getVersion() < 0 || message.getVersion() > Integer.MAX_VALUE) {
            throw new InvalidInput(
                    "MODEL_VERSION_INVALID",
                    "model version " + message.getVersion() + " is outside 0 to " + Integer.MAX_VALUE,
                    message.getVersion(),
                    Integer.MAX_VALUE);
        }
        return new ModelIdentity(message.getName(), (int) message.getVersion(), message.getDigest());
    }

    /// One line of the `Info` answer; a model that is not loaded has no more than its name, version and
    /// state.
    public static ServedModel served(ServingModel model, Models models) {
        var served = ServedModel.newBuilder()
                .setIdentity(dev.fovea.proto.v1.ModelIdentity.newBuilder()
                        .setName(model.name())
                        .setVersion(model.version()))
                .setState(model.state().label())
                .addAllExecutionProviders(model.executionProviders())
                .setInstances(model.instances())
                .setIsDefault(models.isDefault(model));
        try {
            ModelManifest manifest = model.manifest();
            served.setIdentity(identity(ModelIdentity.of(model)))
                    .setTask(manifest.task())
                    .setArchitecture(manifest.architecture())
                    .addAllBatchBuckets(manifest.batchBuckets())
                    .setProvenance(manifest.provenance().kind().name())
                    .setWeightsSource(manifest.provenance().source());
        } catch (Unavailable notLoaded) {
            // What is known in every state stands above.
        }
        return served.build();
    }
}
