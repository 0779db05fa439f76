package dev.fovea.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// A folder of models: `<root>/<name>/<version>/model.onnx`, version a positive whole number.
///
/// Reads the disk at every call and keeps nothing, so a version that appears is seen at once. Any thread
/// may call it. Entries that start with a dot are ignored (a version being written).
public record ModelRepository(Path root) {

    /// Name of the model's file inside a version's folder.
    public static final String MODEL_FILE = "model.onnx";

    /// Names of the models that have at least one version, sorted.
    ///
    /// @throws ModelRepositoryException if the root is missing or an entry of a model's folder is no version
    public List<String> names() {
        return folders(root).stream()
                .map(folder -> folder.getFileName().toString())
                .filter(name -> !versions(name).isEmpty())
                .toList();
    }

    /// Versions of a model, ascending; empty if there is none.
    ///
    /// @throws ModelRepositoryException if the root is missing or an entry of the model's folder is no version
    public List<ModelVersion> versions(String name) {
        requireRoot();
        Path folder = modelFolder(name);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        return folders(folder).stream()
                .map(version -> new ModelVersion(name, versionNumber(name, version), version.resolve(MODEL_FILE)))
                .filter(version -> Files.isRegularFile(version.file()))
                .sorted((a, b) -> Integer.compare(a.version(), b.version()))
                .toList();
    }

    /// @throws ModelNotFoundException if the model has no version, naming the models that exist
    /// @throws ModelRepositoryException if the root is missing or an entry of the model's folder is no version
    public ModelVersion newest(String name) {
        List<ModelVersion> versions = versions(name);
        if (versions.isEmpty()) {
            throw new ModelNotFoundException("no model \"" + name + "\" in " + root + "; it holds " + names());
        }
        return versions.getLast();
    }

    /// The named version, or the newest if none is named.
    ///
    /// @throws ModelNotFoundException if there is no such model or version, naming what exists
    /// @throws ModelRepositoryException if the root is missing or an entry of the model's folder is no version
    public ModelVersion resolve(String name, OptionalInt version) {
        ModelVersion newest = newest(name);
        if (version.isEmpty()) {
            return newest;
        }
        List<ModelVersion> versions = versions(name);
        return versions.stream()
                .filter(candidate -> candidate.version() == version.getAsInt())
                .findFirst()
                .orElseThrow(() -> new ModelNotFoundException("model \"" + name + "\" has no version "
                        + version.getAsInt() + "; it has "
                        + versions.stream().map(ModelVersion::version).toList()));
    }

    /// Where a version belongs, whether or not it exists.
    public ModelVersion place(String name, int version) {
        return new ModelVersion(
                name,
                version,
                modelFolder(name).resolve(String.valueOf(version)).resolve(MODEL_FILE));
    }

    private void requireRoot() {
        if (!Files.isDirectory(root)) {
            throw new ModelRepositoryException("model repository " + root + " is not a folder");
        }
    }

    private Path modelFolder(String name) {
        Path folder = root.resolve(name).normalize();
        if (!root.normalize().equals(folder.getParent())) {
            throw new ModelNotFoundException("\"" + name + "\" is not a model name");
        }
        return folder;
    }

    private List<Path> folders(Path parent) {
        requireRoot();
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory)
                    .filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + parent, e);
        }
    }

    private static int versionNumber(String name, Path folder) {
        String text = folder.getFileName().toString();
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new ModelRepositoryException("version \"" + text + "\" of model \"" + name
                    + "\" is not a whole number from 1 to 999999999: " + folder);
        }
        return Integer.parseInt(text);
    }
}
