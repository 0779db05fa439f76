package dev.fovea.quarkus.config;

import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which models are served.
public interface ModelsConfig {

    @Setting(is = "folder of models, laid out as `<name>/<version>/model.onnx`")
    @WithDefault("models")
    Path repository();

    @Setting(is = "model of a request that names none; its newest version is loaded")
    @WithName("default")
    String defaultName();

    @Setting(is = "further models to load, as `name` (its newest version) or `name@version`", otherwise = "none")
    Optional<List<String>> load();

    @Setting(
            is =
                    "SHA-256 that a model file must have, as 64 hexadecimal digits, with or without `sha256:` before them; the key ends in"
                            + " `\"name@version\"`",
            otherwise = "none")
    Map<String, String> expectedDigests();
}
