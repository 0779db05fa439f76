package dev.fovea.architectures.page;

import dev.fovea.onnx.GraphStep;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A row of a layer table with its figures.
record Layer(LayerRow row, Shape shape, long parameters, long multiplyAdds) {

    /// Images in one batch entry: dense SIFT puts its planes, and rows of cells, into the batch.
    private static final Map<String, Long> FOLDED = Map.of("planes", 9L, "rows", 36L);

    /// Every step of a graph belongs to the last row that has begun.
    ///
    /// @param learnt the tensors of the weights, each counted where it is used first
    /// @throws IllegalArgumentException if a row begins nowhere
    static List<Layer> of(List<GraphStep> steps, List<LayerRow> rows, Map<String, Shape> learnt) {
        Map<String, Shape> uncounted = new TreeMap<>(learnt);
        List<Layer> layers = new ArrayList<>();
        if (rows.isEmpty()) {
            return layers;
        }
        int from = begin(steps, rows.getFirst(), 0);
        for (int i = 0; i < rows.size(); i++) {
            int to = i + 1 < rows.size() ? begin(steps, rows.get(i + 1), from + 1) : steps.size();
            layers.add(of(steps.subList(from, to), rows.get(i), uncounted));
            from = to;
        }
        return layers;
    }

    static long multiplyAdds(List<GraphStep> steps) {
        return steps.stream().mapToLong(Layer::multiplyAdds).sum();
    }

    String shapeText() {
        String text = shape.toString();
        for (Map.Entry<String, Long> folded : FOLDED.entrySet()) {
            text = text.replace(folded.getKey(), folded.getValue() + " N");
        }
        return text;
    }

    private static Layer of(List<GraphStep> steps, LayerRow row, Map<String, Shape> uncounted) {
        GraphStep shown = steps.stream()
                .filter(step -> row.shown().isEmpty() || step.operator().equals(row.shown()))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new IllegalArgumentException(row + " shows an operator that it does not have"));
        long parameters = 0;
        for (GraphStep step : steps) {
            for (var constant : step.constants()) {
                Shape counted = uncounted.remove(constant.name().replaceFirst("_\\d+$", ""));
                parameters += counted == null ? 0 : counted.fixedElements();
            }
        }
        // A tensor that is no constant of the graph, such as an exponent, belongs to the row that names it.
        for (String name : List.copyOf(uncounted.keySet())) {
            if (row.names().contains(name + "`")) {
                parameters += uncounted.remove(name).fixedElements();
            }
        }
        return new Layer(row, shown.result().shape(), parameters, multiplyAdds(steps));
    }

    private static int begin(List<GraphStep> steps, LayerRow row, int from) {
        for (int i = from; i < steps.size(); i++) {
            if (row.beginsWith(steps.get(i))) {
                return i;
            }
        }
        throw new IllegalArgumentException("no step after " + from + " of " + steps.size() + " begins " + row);
    }

    private static long multiplyAdds(GraphStep step) {
        long images = 1;
        for (Dim dim : step.result().shape().namedDims()) {
            images *= FOLDED.getOrDefault(dim.toString(), 1L);
        }
        return images * step.multiplyAdds();
    }
}
