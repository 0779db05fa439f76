package dev.fovea.architectures.page;

import dev.fovea.onnx.GraphStep;
import java.util.List;

/// A row of a layer table: where in the graph it begins, and what is said of it.
///
/// @param names of its tensors
/// @param operator with which it begins; `^` for the graph's first
/// @param constant how the name of one of that operator's constants begins; empty for any
/// @param shown the operator whose last result is shown; empty for the row's last
record LayerRow(String what, String names, String operator, String constant, String shown) {

    /// One row per line, its parts divided by `|`: what, names, operator and constant, shown.
    static List<LayerRow> parse(String text) {
        return text.lines()
                .map(line -> List.of(line.split("\\|", -1)))
                .map(LayerRow::of)
                .toList();
    }

    private static LayerRow of(List<String> parts) {
        List<String> beginning = List.of(parts.get(2).strip().split(" ", -1));
        return new LayerRow(
                parts.get(0).strip(),
                parts.get(1).strip(),
                beginning.getFirst(),
                beginning.size() > 1 ? beginning.get(1) : "",
                parts.size() > 3 ? parts.get(3).strip() : "");
    }

    boolean beginsWith(GraphStep step) {
        return operator.equals("^") || (step.operator().equals(operator) && takesConstant(step));
    }

    private boolean takesConstant(GraphStep step) {
        return constant.isEmpty()
                || step.constants().stream().anyMatch(value -> value.name().startsWith(constant));
    }
}
