package dev.fovea.builder.release;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.repository.ManifestJson;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where a command puts the model it makes, and how it says so; a picocli mixin.
public final class ReleaseOptions {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Option(
            names = "--repository",
            required = true,
            paramLabel = "DIR",
            description = "Model repository; made if it does not exist.")
    private Path repository = Path.of("");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the model: lower case letters, digits, inner hyphens. "
                    + "Default: the architecture's, or the file's.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--version",
            paramLabel = "N",
            defaultValue = "1",
            description = "Version of the model, from 1. Default: ${DEFAULT-VALUE}.")
    private int version = 1;

    @Option(
            names = "--buckets",
            paramLabel = "N",
            split = ",",
            description = "Batch sizes the model is run at, ascending, for example 1,8,32. "
                    + "Default: what was measured best for the architecture.")
    private List<Integer> buckets = List.of();

    @Option(names = "--force", description = "Replace the version if it exists.")
    private boolean force;

    @Option(names = "--json", description = "Print JSON instead of text.")
    private boolean json;

    /// The name asked for, or another.
    public String nameOr(String fallback) {
        return name.orElse(fallback);
    }

    /// Where the model goes.
    public Path repository() {
        return repository;
    }

    public int version() {
        return version;
    }

    /// Empty if none were asked for.
    public List<Integer> buckets() {
        return List.copyOf(buckets);
    }

    /// Refuses before the work is done, and again at its end.
    ///
    /// @throws IOException if the version exists and may not be replaced
    public void requireFree(String model) throws IOException {
        ModelFile.requireFree(new ModelRepository(repository).place(model, version), force);
    }

    /// Where a command tells a person how it went: with `--json` the output is for one object alone.
    public PrintWriter text(PrintWriter out, PrintWriter err) {
        return json ? err : out;
    }

    /// Writes the file and a line about it.
    ///
    /// @throws IOException if the version exists and may not be replaced, or the disk refuses
    public void write(PrintWriter out, String verb, ModelManifest manifest, byte[] onnx) throws IOException {
        write(out, verb, manifest, onnx, MAPPER.createObjectNode());
    }

    /// Writes the file and a line about it, or an object.
    ///
    /// @param verb what was done: `built`
    /// @param onnx the file, with that manifest inside
    /// @param fit how the model was fitted, the field `fit` of the object; left out if empty
    /// @throws IOException if the version exists and may not be replaced, or the disk refuses
    public void write(PrintWriter out, String verb, ModelManifest manifest, byte[] onnx, ObjectNode fit)
            throws IOException {
        ModelVersion place = new ModelRepository(repository).place(manifest.name(), manifest.version());
        ModelFile.write(place, onnx, force);
        String digest = ModelFile.sha256(onnx);
        if (json) {
            ObjectNode root = MAPPER.createObjectNode();
            root.put("model", place.toString());
            root.put("file", place.file().toString());
            root.put("sizeBytes", onnx.length);
            root.put("sha256", digest);
            if (!fit.isEmpty()) {
                root.set("fit", fit);
            }
            root.set("manifest", MAPPER.readTree(ManifestJson.write(manifest)));
            out.println(root.toPrettyString());
        } else {
            out.println(
                    verb + " " + place + ": " + place.file() + " (" + onnx.length + " bytes, sha256 " + digest + ")");
        }
    }
}
