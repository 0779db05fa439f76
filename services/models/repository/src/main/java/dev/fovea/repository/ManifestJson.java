package dev.fovea.repository;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.TreeMap;

/// The JSON form of a [ModelManifest], as it stands in the ONNX file's metadata.
///
/// Guarantees: equal manifests give equal text (keys in a fixed order, parameters sorted), and unknown
/// fields are ignored, so a newer builder's file is read by an older service as long as what it needs is
/// there.
public final class ManifestJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String PATCH = "patch";

    private ManifestJson() {}

    /// One line of JSON.
    public static String write(ModelManifest manifest) {
        ObjectNode json = NODES.objectNode();
        json.put("name", manifest.name());
        json.put("version", manifest.version());
        json.put("task", manifest.task());
        json.put("architecture", manifest.architecture());
        ObjectNode parameters = json.putObject("parameters");
        new TreeMap<>(manifest.parameters()).forEach(parameters::put);
        json.set("inputs", tensors(manifest.inputs()));
        json.set("outputs", tensors(manifest.outputs()));
        json.set("preprocessing", preprocessing(manifest.preprocessing()));
        ArrayNode labels = json.putArray("labels");
        manifest.labels().forEach(labels::add);
        json.put("outputNormalization", manifest.outputNormalization());
        ArrayNode buckets = json.putArray("batchBuckets");
        manifest.batchBuckets().forEach(buckets::add);
        json.set("provenance", provenance(manifest.provenance()));
        json.put("paper", manifest.paper());
        manifest.sample().ifPresent(sample -> json.set("sample", sample(sample)));
        return json.toString();
    }

    /// @throws IllegalArgumentException if the text is no JSON, or a field is missing, of the wrong kind or
    ///     out of range; the message names the field by its path, such as `inputs[0].elementType`
    public static ModelManifest read(String text) {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the manifest is not JSON: " + e.getOriginalMessage(), e);
        }
        var json = new JsonField(root, "manifest");
        return json.build(() -> new ModelManifest(
                json.field("name").text(),
                json.field("version").integer(),
                json.field("task").text(),
                json.field("architecture").text(),
                json.field("parameters").textMap(),
                json.field("inputs").list(ManifestJson::readTensor),
                json.field("outputs").list(ManifestJson::readTensor),
                readPreprocessing(json.field("preprocessing")),
                json.field("labels").list(JsonField::text),
                json.field("outputNormalization").text(),
                json.field("batchBuckets").list(JsonField::integer),
                readProvenance(json.field("provenance")),
                json.field("paper").text(),
                json.optionalField("sample").map(ManifestJson::readSample)));
    }

    private static ArrayNode tensors(List<TensorSpec> specs) {
        ArrayNode array = NODES.arrayNode();
        for (TensorSpec spec : specs) {
            ObjectNode json = array.addObject();
            json.put("name", spec.name());
            json.put("elementType", spec.elementType().name());
            ArrayNode shape = json.putArray("itemShape");
            spec.itemShape().forEach(shape::add);
            json.put("meaning", spec.meaning());
        }
        return array;
    }

    private static TensorSpec readTensor(JsonField json) {
        return json.build(() -> new TensorSpec(
                json.field("name").text(),
                json.field("elementType").constant(ElementType.class),
                json.field("itemShape").list(JsonField::integer),
                json.field("meaning").text()));
    }

    private static ObjectNode preprocessing(PreprocessingSpec spec) {
        return switch (spec) {
            case PatchPreprocessing patch -> {
                ObjectNode json = NODES.objectNode();
                json.put("kind", PATCH);
                json.put("patchSize", patch.patchSize());
                json.put("magnification", patch.magnification());
                yield json;
            }
            case ImagePreprocessing image -> ImagePreprocessingJson.write(image);
        };
    }

    private static PreprocessingSpec readPreprocessing(JsonField json) {
        JsonField kind = json.field("kind");
        return switch (kind.text()) {
            case PATCH ->
                json.build(() -> new PatchPreprocessing(
                        json.field("patchSize").integer(),
                        json.field("magnification").number()));
            case ImagePreprocessingJson.KIND -> ImagePreprocessingJson.read(json);
            default ->
                throw kind.unacceptable(
                        "\"" + kind.text() + "\" is not one of [" + PATCH + ", " + ImagePreprocessingJson.KIND + "]");
        };
    }

    private static ObjectNode provenance(Provenance provenance) {
        ObjectNode json = NODES.objectNode();
        json.put("kind", provenance.kind().name());
        json.put("source", provenance.source());
        provenance.sha256().ifPresent(digest -> json.put("sha256", digest));
        json.put("licence", provenance.licence());
        json.put("builder", provenance.builder());
        return json;
    }

    private static Provenance readProvenance(JsonField json) {
        return json.build(() -> new Provenance(
                json.field("kind").constant(Provenance.Kind.class),
                json.field("source").text(),
                json.optionalField("sha256").map(JsonField::text),
                json.field("licence").text(),
                json.field("builder").text()));
    }

    private static ObjectNode sample(StoredSample sample) {
        ObjectNode json = NODES.objectNode();
        json.put("seed", sample.seed());
        json.put("expected", sample.expected());
        json.put("relativeTolerance", sample.relativeTolerance());
        return json;
    }

    private static StoredSample readSample(JsonField json) {
        return json.build(() -> new StoredSample(
                json.field("seed").longInteger(),
                json.field("expected").text(),
                json.field("relativeTolerance").number()));
    }
}
