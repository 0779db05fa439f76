package dev.fovea.tests.support.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fovea.tests.support.Checkout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One case of `golden/index.json`: options of an architecture, inputs, and what the published code answers.
///
/// @param options by name, as the index has them
/// @param images PNG files relative to the folder; none where the inputs are among the tensors
/// @param weightsPrefix of the seeded weights; empty text is a prefix too
/// @param overrides single elements of seeded tensors with another value: `raw_classifier.bias[3]`
public record GoldenCase(
        String name,
        String architecture,
        Map<String, String> options,
        List<String> images,
        String weightsPrefix,
        Map<String, Double> overrides,
        Path folder) {

    public static final String FOLDER = "golden";

    private static final String SEEDED = "seeded:";

    /// Every case, or none where the shared data are absent.
    public static List<GoldenCase> all() throws IOException {
        List<GoldenCase> cases = new ArrayList<>();
        Path folder = Checkout.shared(FOLDER).orElse(null);
        if (folder == null) {
            return cases;
        }
        for (JsonNode json :
                new ObjectMapper().readTree(folder.resolve("index.json").toFile())) {
            cases.add(read(json, folder));
        }
        return cases;
    }

    /// The cases of one architecture, or none where the shared data are absent.
    public static List<GoldenCase> of(String architecture) throws IOException {
        return all().stream()
                .filter(golden -> golden.architecture().equals(architecture))
                .toList();
    }

    private static GoldenCase read(JsonNode json, Path folder) {
        Map<String, String> options = new TreeMap<>();
        json.path("parameters")
                .properties()
                .forEach(
                        option -> options.put(option.getKey(), option.getValue().asText()));
        List<String> images = new ArrayList<>();
        json.path("images").forEach(image -> images.add(image.textValue()));
        if (json.has("image")) {
            images.add(json.get("image").textValue());
        }
        Map<String, Double> overrides = new TreeMap<>();
        json.path("overrides")
                .properties()
                .forEach(element ->
                        overrides.put(element.getKey(), element.getValue().doubleValue()));
        String weights = json.path("weights").asText(SEEDED);
        if (!weights.startsWith(SEEDED)) {
            throw new IllegalArgumentException("weights \"" + weights + "\" are not seeded");
        }
        return new GoldenCase(
                json.required("case").textValue(),
                json.required("architecture").textValue(),
                options,
                images,
                weights.substring(SEEDED.length()),
                overrides,
                folder);
    }

    public Safetensors tensors() throws IOException {
        return Safetensors.read(folder.resolve(name + ".safetensors"));
    }

    @Override
    public String toString() {
        return name + " " + options;
    }
}
