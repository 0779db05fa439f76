package dev.fovea.builder.evaluate;

import dev.fovea.builder.images.ImageModel;
import dev.fovea.builder.images.ModelName;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which model is measured; a picocli mixin.
final class ModelChoice {

    @Parameters(paramLabel = "MODEL", description = "Name of a model, newest version, or NAME@VERSION.")
    private String model = "";

    @Option(
            names = "--repository",
            required = true,
            paramLabel = "DIR",
            description = "Model repository that holds the model.")
    private Path repository = Path.of("");

    /// @throws IOException if it cannot be run, or does another task
    ImageModel open(String task) throws IOException {
        ImageModel opened = ImageModel.open(ModelName.parse(model).in(repository));
        String does = opened.manifest().task();
        if (!does.equals(task)) {
            opened.close();
            throw new IOException("model " + model + " does " + does + ", not " + task);
        }
        return opened;
    }
}
