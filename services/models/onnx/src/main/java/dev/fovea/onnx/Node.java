package dev.fovea.onnx;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One operator application.
///
/// @param attributes sorted by name
record Node(String operator, List<Value> inputs, Value output, Map<String, Attribute> attributes) {

    Node {
        inputs = List.copyOf(inputs);
        attributes = new TreeMap<>(attributes);
    }
}
