package dev.fovea.quarkus;

import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelRepositoryException;
import dev.fovea.repository.ModelVersion;
import io.smallrye.config.SmallRyeConfig;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/// Whether the model repository holds what configuration names; looked at before anything starts.
final class RepositoryCheck {

    private static final String REPOSITORY = "fovea.models.repository";
    private static final String DEFAULT_MODEL = "fovea.models.default";
    private static final String LOAD = "fovea.models.load";

    private final SmallRyeConfig config;
    private final String root;
    private final ModelRepository repository;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> selected = new TreeSet<>();

    private RepositoryCheck(SmallRyeConfig config) {
        this.config = config;
        this.root = config.getOptionalValue(REPOSITORY, String.class).orElse("models");
        this.repository = new ModelRepository(Path.of(root));
    }

    /// What is wrong, each with what helps: the default model and further ones that are not there, digests expected
    /// of models that are not loaded. Reads the configuration raw, since its values may be refused elsewhere.
    static List<String> problems(SmallRyeConfig config) {
        var check = new RepositoryCheck(config);
        check.defaultModel();
        if (check.problems.isEmpty()) {
            check.furtherModels();
        }
        if (check.problems.isEmpty()) {
            check.expectedDigests();
        }
        return List.copyOf(check.problems);
    }

    private void defaultModel() {
        Optional<String> model = config.getOptionalValue(DEFAULT_MODEL, String.class);
        // A missing key is told by the configuration check.
        model.ifPresent(name -> select(
                () -> repository.newest(name),
                REPOSITORY + " = " + root + " does not hold the default model " + name + ": ",
                ". Name one that it holds (" + DEFAULT_MODEL + " = its name without a version), build it: fovea models"
                        + " build " + name + " --repository " + root
                        + ", or make another model of that name: fovea models adopt or fovea fit head with --name "
                        + name));
    }

    private void furtherModels() {
        for (String text : config.getOptionalValues(LOAD, String.class).orElse(List.of())) {
            select(() -> ModelSelection.resolve(text.strip(), repository), LOAD + " = " + text + ": ", "");
        }
    }

    private void select(Supplier<ModelVersion> version, String before, String after) {
        try {
            selected.add(version.get().toString());
        } catch (ModelRepositoryException | UncheckedIOException | IllegalArgumentException wrong) {
            problems.add(before + wrong.getMessage() + after);
        }
    }

    private void expectedDigests() {
        String prefix = ExpectedDigests.KEY + ".";
        var keys = new TreeSet<String>();
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith(prefix))
                .forEach(keys::add);
        for (String key : keys) {
            String model = key.substring(prefix.length()).replace("\"", "");
            if (!selected.contains(model)) {
                problems.add(key + " names " + model + ", which is not loaded; loaded are " + selected);
            }
        }
    }
}
