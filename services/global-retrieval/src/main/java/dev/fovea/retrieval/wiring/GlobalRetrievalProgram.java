package dev.fovea.retrieval.wiring;

import dev.fovea.quarkus.ServiceProgram;
import dev.fovea.quarkus.config.ServingConfig;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;

/// The process.
@QuarkusMain
public final class GlobalRetrievalProgram {

    /// Every configuration interface of the service.
    public static final List<Class<?>> CONFIGURATION = List.of(ServingConfig.class, RetrievalConfig.class);

    private GlobalRetrievalProgram() {}

    /// Runs until the process is asked to end; ends with status 2 if the configuration or an index is refused. With
    /// `restore BACKUP_FOLDER` it makes a collection of a backup instead, and ends.
    public static void main(String... args) {
        if (args.length > 0) {
            IndexRestore.backup(args)
                    .ifPresentOrElse(
                            IndexRestore::run,
                            () -> ServiceProgram.refuse("\"" + String.join(" ", args)
                                    + "\" is no command: there is " + IndexRestore.COMMAND + " BACKUP_FOLDER,"
                                    + " and none starts the service"));
            return;
        }
        ServiceProgram.run(
                CONFIGURATION,
                config -> ConfiguredRetrieval.check(
                        config.getConfigMapping(RetrievalConfig.class), config.getConfigMapping(ServingConfig.class)),
                args);
    }
}
