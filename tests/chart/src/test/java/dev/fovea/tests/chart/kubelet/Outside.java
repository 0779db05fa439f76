package dev.fovea.tests.chart.kubelet;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// What a pod finds in its cluster that the chart does not render: Secrets, and the image of the model repository.
///
/// @param secrets key: text, by the Secret's name
/// @param modelImage root folder of that image, with `models/` in it
record Outside(Map<String, Map<String, String>> secrets, Path modelImage) {

    static final String MODEL_IMAGE = "/fovea/model-repository:";

    Outside {
        secrets = Map.copyOf(secrets);
    }

    static Outside withModels(Path modelImage) {
        return new Outside(Map.of(), modelImage);
    }

    Outside withSecret(String name, Map<String, String> content) {
        Map<String, Map<String, String>> more = new HashMap<>(secrets);
        more.put(name, Map.copyOf(content));
        return new Outside(more, modelImage);
    }

    /// @throws IllegalStateException if the pod would wait for ever, there being no such Secret
    Map<String, String> secret(String name) {
        Map<String, String> content = secrets.get(name);
        if (content == null) {
            throw new IllegalStateException("no Secret " + name);
        }
        return content;
    }

    /// @throws IllegalStateException if the pod would wait for ever, there being no such Secret or key
    String secret(String name, String key) {
        String value = secret(name).get(key);
        if (value == null) {
            throw new IllegalStateException("no key " + key + " in a Secret " + name);
        }
        return value;
    }
}
