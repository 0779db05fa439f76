package dev.fovea.classification.wiring;

import dev.fovea.quarkus.ServiceProgram;
import dev.fovea.quarkus.config.ServingConfig;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;

/// The process.
@QuarkusMain
public final class FineGrainedClassificationProgram {

    /// Every configuration interface of the service.
    public static final List<Class<?>> CONFIGURATION =
            List.of(ServingConfig.class, FineGrainedClassificationConfig.class);

    private FineGrainedClassificationProgram() {}

    /// Runs until the process is asked to end; ends with status 2 if the configuration is refused.
    public static void main(String... args) {
        ServiceProgram.run(
                CONFIGURATION,
                config ->
                        ConfiguredClassification.check(config.getConfigMapping(FineGrainedClassificationConfig.class)),
                args);
    }
}
