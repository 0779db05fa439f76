package dev.fovea.builder.images;

import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import java.nio.file.Path;
import java.util.OptionalInt;

/// A model as users name it: `gem` for its newest version, `gem@2` for one of them.
///
/// @param version empty for the newest
public record ModelName(String name, OptionalInt version) {

    /// @throws IllegalArgumentException if what follows the `@` is no version
    public static ModelName parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            return new ModelName(text, OptionalInt.empty());
        }
        String version = text.substring(at + 1);
        if (!version.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(
                    "model \"" + text + "\": version \"" + version + "\" is not a whole number from 1 to 999999999");
        }
        return new ModelName(text.substring(0, at), OptionalInt.of(Integer.parseInt(version)));
    }

    /// @throws dev.fovea.repository.ModelNotFoundException if there is no such model or version, naming what exists
    /// @throws dev.fovea.repository.ModelRepositoryException if the repository is missing
    public ModelVersion in(Path repository) {
        return new ModelRepository(repository).resolve(name, version);
    }
}
