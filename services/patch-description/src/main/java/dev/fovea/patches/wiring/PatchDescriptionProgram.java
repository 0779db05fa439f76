package dev.fovea.patches.wiring;

import dev.fovea.quarkus.ServiceProgram;
import dev.fovea.quarkus.config.ServingConfig;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;

/// The process.
@QuarkusMain
public final class PatchDescriptionProgram {

    /// Every configuration interface of the service.
    public static final List<Class<?>> CONFIGURATION = List.of(ServingConfig.class, PatchDescriptionConfig.class);

    private PatchDescriptionProgram() {}

    /// Runs until the process is asked to end; ends with status 2 if the configuration is refused.
    public static void main(String... args) {
        ServiceProgram.run(
                CONFIGURATION,
                config -> PatchDescriptionBeans.check(config.getConfigMapping(PatchDescriptionConfig.class)),
                args);
    }
}
