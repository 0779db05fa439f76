package dev.fovea.onnx;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One operator application.
///
/// @param attributes sorted by name
record Node(String operator, List<Value> inputs, List<Value> outputs, Map<String, Attribute> attributes) {

    Node {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = new TreeMap<>(attributes);
    }

    List<String> inputNames() {
        return inputs.stream().map(Value::name).toList();
    }

    List<String> outputNames() {
        return outputs.stream().map(Value::name).toList();
    }
}
