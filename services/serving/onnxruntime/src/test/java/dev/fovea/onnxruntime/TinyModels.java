package dev.fovea.onnxruntime;

import dev.fovea.repository.ElementType;
import dev.fovea.repository.ManifestJson;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelVersion;
import dev.fovea.repository.PatchPreprocessing;
import dev.fovea.repository.Provenance;
import dev.fovea.repository.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Models in a repository folder of a test's own.
final class TinyModels {

    private static final int NO_BATCH = -1;
    private static final int LARGE_ITEM_BYTES = 16 * 1024;

    private TinyModels() {}

    static ModelManifest manifest(List<TensorSpec> inputs, List<TensorSpec> outputs, Integer... buckets) {
        return manifest(Map.of(), inputs, outputs, buckets);
    }

    private static ModelManifest manifest(
            Map<String, String> parameters, List<TensorSpec> inputs, List<TensorSpec> outputs, Integer... buckets) {
        return new ModelManifest(
                "tiny",
                1,
                "test",
                "tiny",
                parameters,
                inputs,
                outputs,
                new PatchPreprocessing(2, 12),
                List.of(),
                "none",
                List.of(buckets),
                new Provenance(Provenance.Kind.COMPUTED, "test", Optional.empty(), "Apache-2.0", "test"),
                "",
                Optional.empty());
    }

    static TensorSpec spec(String name, ElementType type, Integer... itemShape) {
        return new TensorSpec(name, type, List.of(itemShape), "");
    }

    static ModelVersion write(Path root, TinyOnnx onnx, ModelManifest manifest) throws IOException {
        onnx.metadata(ModelManifest.METADATA_KEY, ManifestJson.write(manifest));
        return write(root, onnx.bytes());
    }

    static ModelVersion write(Path root, byte[] file) throws IOException {
        Path folder = Files.createDirectories(root.resolve("tiny").resolve("1"));
        return new ModelVersion("tiny", 1, Files.write(folder.resolve("model.onnx"), file));
    }

    /// y = 2 x, items of 4 floats.
    static ModelVersion doubling(Path root, Integer... buckets) throws IOException {
        return write(root, doublingGraph(), doublingManifest(buckets));
    }

    static TinyOnnx doublingGraph() {
        return new TinyOnnx()
                .input("x", TinyOnnx.FLOAT, NO_BATCH, 4)
                .constant("two", 2)
                .node("Mul", List.of("x", "two"), "y")
                .output("y", TinyOnnx.FLOAT, NO_BATCH, 4);
    }

    static ModelManifest doublingManifest(Integer... buckets) {
        return manifest(
                List.of(spec("x", ElementType.FLOAT32, 4)), List.of(spec("y", ElementType.FLOAT32, 4)), buckets);
    }

    /// y = x + the largest of its column over the whole batch, so that every row, padding too, touches every answer.
    static ModelVersion columnMaximum(Path root, Integer... buckets) throws IOException {
        var onnx = new TinyOnnx()
                .input("x", TinyOnnx.FLOAT, NO_BATCH, 4)
                .node("ReduceMax", List.of("x"), "largest", TinyOnnx.numbers("axes", 0))
                .node("Add", List.of("x", "largest"), "y")
                .output("y", TinyOnnx.FLOAT, NO_BATCH, 4);
        return write(root, onnx, doublingManifest(buckets));
    }

    /// y = table[x]; fails where x is not 0 to 3.
    static ModelVersion lookup(Path root, Integer... buckets) throws IOException {
        var onnx = new TinyOnnx()
                .input("x", TinyOnnx.INT64, NO_BATCH, 1)
                .constant("table", 10, 11, 12, 13)
                .node("Gather", List.of("table", "x"), "y")
                .output("y", TinyOnnx.FLOAT, NO_BATCH, 1);
        var manifest =
                manifest(List.of(spec("x", ElementType.INT64, 1)), List.of(spec("y", ElementType.FLOAT32, 1)), buckets);
        return write(root, onnx, manifest);
    }

    /// Bytes to half and single precision: three element types and two outputs.
    static ModelVersion bytesToFloats(Path root, Integer... buckets) throws IOException {
        var onnx = new TinyOnnx()
                .input("x", TinyOnnx.UINT8, NO_BATCH, 2, 2)
                .node("Cast", List.of("x"), "half", TinyOnnx.number("to", TinyOnnx.FLOAT16))
                .node("Cast", List.of("x"), "single", TinyOnnx.number("to", TinyOnnx.FLOAT))
                .output("half", TinyOnnx.FLOAT16, NO_BATCH, 2, 2)
                .output("single", TinyOnnx.FLOAT, NO_BATCH, 2, 2);
        var manifest = manifest(
                List.of(spec("x", ElementType.UINT8, 2, 2)),
                List.of(spec("half", ElementType.FLOAT16, 2, 2), spec("single", ElementType.FLOAT32, 2, 2)),
                buckets);
        return write(root, onnx, manifest);
    }

    /// y = 2 x of one number, explained by as many copies of x as are asked for.
    static ModelVersion explained(Path root, int copies, Integer... buckets) throws IOException {
        var onnx = new TinyOnnx()
                .input("x", TinyOnnx.FLOAT, NO_BATCH, 1)
                .constant("two", 2)
                .constant("zeros", new float[copies])
                .node("Mul", List.of("x", "two"), "y")
                .node("Add", List.of("x", "zeros"), "map")
                .output("y", TinyOnnx.FLOAT, NO_BATCH, 1)
                .output("map", TinyOnnx.FLOAT, NO_BATCH, copies);
        var manifest = manifest(
                Map.of(ModelManifest.EXPLAINS, "map"),
                List.of(spec("x", ElementType.FLOAT32, 1)),
                List.of(spec("y", ElementType.FLOAT32, 1), spec("map", ElementType.FLOAT32, copies)),
                buckets);
        return write(root, onnx, manifest);
    }

    /// y = 2 x, explained by x + 0, items of 16 KiB each, so that an answer that is not freed shows.
    static ModelVersion large(Path root, Integer... buckets) throws IOException {
        int elements = LARGE_ITEM_BYTES / Float.BYTES;
        var onnx = new TinyOnnx()
                .input("x", TinyOnnx.FLOAT, NO_BATCH, elements)
                .constant("weights", new float[elements])
                .node("Add", List.of("x", "weights"), "sum")
                .node("Add", List.of("x", "sum"), "y")
                .output("y", TinyOnnx.FLOAT, NO_BATCH, elements)
                .output("sum", TinyOnnx.FLOAT, NO_BATCH, elements);
        var manifest = manifest(
                Map.of(ModelManifest.EXPLAINS, "sum"),
                List.of(spec("x", ElementType.FLOAT32, elements)),
                List.of(spec("y", ElementType.FLOAT32, elements), spec("sum", ElementType.FLOAT32, elements)),
                buckets);
        return write(root, onnx, manifest);
    }
}
