package dev.fovea.quarkus;

import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelRepositoryException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/// Whether the model repository holds the default model; looked at before anything starts.
final class RepositoryCheck {

    private static final String REPOSITORY = "fovea.models.repository";
    private static final String DEFAULT_MODEL = "fovea.models.default";

    private RepositoryCheck() {}

    /// What is wrong, and the command that helps.
    static Optional<String> problem(Config config) {
        Optional<String> model = config.getOptionalValue(DEFAULT_MODEL, String.class);
        if (model.isEmpty()) {
            return Optional.empty(); // told by the configuration check
        }
        String root = config.getOptionalValue(REPOSITORY, String.class).orElse("models");
        try {
            new ModelRepository(Path.of(root)).newest(model.get());
            return Optional.empty();
        } catch (ModelRepositoryException | UncheckedIOException | IllegalArgumentException wrong) {
            return Optional.of(REPOSITORY + " = " + root + " does not hold the default model " + model.get() + ": "
                    + wrong.getMessage() + ". Build it: fovea models build " + model.get() + " --repository " + root);
        }
    }
}
