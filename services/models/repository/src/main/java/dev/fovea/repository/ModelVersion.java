package dev.fovea.repository;

import java.nio.file.Path;

/// One version of a model on disk: `<root>/<name>/<version>/model.onnx`.
public record ModelVersion(String name, int version, Path file) {

    @Override
    public String toString() {
        return name + "@" + version;
    }
}
