package dev.fovea.architectures.weights;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Many names of tensors in one line: those of one layer share its name, `bn1.{bias, weight}`.
final class TensorNames {

    private TensorNames() {}

    static String compact(Collection<String> names) {
        Map<String, String> plain = new TreeMap<>();
        names.forEach(name -> plain.put(name, ""));
        return compact(plain);
    }

    /// @param remarks by name, such as a shape; each stands right after its name
    static String compact(Map<String, String> remarks) {
        Map<String, List<String>> layers = new TreeMap<>();
        new TreeMap<>(remarks).forEach((name, remark) -> {
            int dot = name.lastIndexOf('.') + 1;
            layers.computeIfAbsent(name.substring(0, dot), layer -> new ArrayList<>())
                    .add(name.substring(dot) + (remark.isEmpty() ? "" : " " + remark));
        });
        List<String> parts = new ArrayList<>();
        layers.forEach((layer, tensors) -> {
            boolean group = tensors.size() > 1 && !layer.isEmpty();
            parts.add(layer + (group ? "{" : "") + String.join(", ", tensors) + (group ? "}" : ""));
        });
        return String.join(", ", parts);
    }
}
