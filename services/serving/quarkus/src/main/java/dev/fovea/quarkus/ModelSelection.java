package dev.fovea.quarkus;

import dev.fovea.quarkus.config.ModelsConfig;
import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// Which versions of which models a process loads.
final class ModelSelection {

    private ModelSelection() {}

    /// The default model's newest version first, then the further ones, each once.
    ///
    /// @throws dev.fovea.repository.ModelRepositoryException naming what does not exist
    /// @throws IllegalArgumentException if a version is not a whole number
    static List<ModelVersion> of(ModelsConfig config, ModelRepository repository) {
        Set<ModelVersion> versions = new LinkedHashSet<>();
        versions.add(repository.newest(config.defaultName()));
        config.load().orElse(List.of()).forEach(text -> versions.add(resolve(text, repository)));
        return List.copyOf(versions);
    }

    /// @param text `name` (its newest version) or `name@version`
    /// @throws dev.fovea.repository.ModelRepositoryException naming what does not exist
    /// @throws IllegalArgumentException if the version is not a whole number
    static ModelVersion resolve(String text, ModelRepository repository) {
        int at = text.indexOf('@');
        if (at < 0) {
            return repository.newest(text);
        }
        try {
            return repository.resolve(
                    text.substring(0, at), OptionalInt.of(Integer.parseInt(text, at + 1, text.length(), 10)));
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException("the version in " + text + " is not a whole number", noNumber);
        }
    }
}
