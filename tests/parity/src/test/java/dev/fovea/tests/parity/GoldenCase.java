package dev.fovea.tests.parity;

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
/// @param options by name, as the architecture takes them
record GoldenCase(String name, Map<String, String> options, Path folder) {

    static final String FOLDER = "golden";

    /// The cases of one architecture, or none where the shared data are absent.
    static List<GoldenCase> of(String architecture) throws IOException {
        List<GoldenCase> cases = new ArrayList<>();
        Path folder = Checkout.shared(FOLDER).orElse(null);
        if (folder == null) {
            return cases;
        }
        for (JsonNode json :
                new ObjectMapper().readTree(folder.resolve("index.json").toFile())) {
            if (json.required("architecture").textValue().equals(architecture)) {
                Map<String, String> options = new TreeMap<>();
                json.required("parameters")
                        .properties()
                        .forEach(option ->
                                options.put(option.getKey(), option.getValue().asText()));
                cases.add(new GoldenCase(json.required("case").textValue(), options, folder));
            }
        }
        return cases;
    }

    Safetensors tensors() throws IOException {
        return Safetensors.read(folder.resolve(name + ".safetensors"));
    }

    @Override
    public String toString() {
        return name + " " + options;
    }
}
