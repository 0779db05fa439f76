package dev.fovea.grpc;

import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.inference.lifecycle.Models;
import dev.fovea.inference.lifecycle.ServingModel;
import dev.fovea.proto.v1.ServedModel;

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

    /// One line of the `Info` answer.
    public static ServedModel served(ServingModel model, Models models) {
        return ServedModel.newBuilder()
                .setIdentity(identity(ModelIdentity.of(model)))
                .setTask(model.manifest().task())
                .setArchitecture(model.manifest().architecture())
                .setState(model.state().label())
                .addAllExecutionProviders(model.executionProviders())
                .addAllBatchBuckets(model.manifest().batchBuckets())
                .setInstances(model.instances())
                .setIsDefault(models.isDefault(model))
                .build();
    }
}
