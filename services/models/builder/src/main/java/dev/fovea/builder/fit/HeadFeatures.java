package dev.fovea.builder.fit;

import dev.fovea.architectures.layers.ExplainingValue;
import dev.fovea.architectures.layers.MultimodalBilinearPool;
import dev.fovea.architectures.layers.ResponseForms;
import dev.fovea.architectures.layers.ResponseMaps;
import dev.fovea.architectures.layers.VectorPooling;
import dev.fovea.architectures.weights.NoWeights;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.builder.fit.FittedLayers.Classified;
import dev.fovea.builder.numbers.LinearHead;
import dev.fovea.builder.numbers.PrincipalComponents;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.shape.Shape;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a tapped value becomes what a linear classifier sees, and how that classifier explains itself.
///
/// @param projection of each position before the pooling
/// @param pooling of maps; empty for a vector
/// @param margin positions by which the maps are smaller at each side than the image
/// @param explains whether explanations are wanted; only some poolings have them
record HeadFeatures(
        Optional<PrincipalComponents> projection, Optional<VectorPooling> pooling, int margin, boolean explains) {

    static final String LOGITS = "logits";

    /// Of a vector.
    static final HeadFeatures AS_THEY_ARE = new HeadFeatures(Optional.empty(), Optional.empty(), 0, false);

    /// A head as a graph, and what it has beside the answer.
    ///
    /// @param graph from the value to `logits` and the explanations
    record Classifier(Graph graph, List<TensorSpec> explanations) {

        Classifier {
            explanations = List.copyOf(explanations);
        }
    }

    /// From the tapped value to (N, D).
    Value vector(Value value) {
        Value maps = projected(value);
        return pooling.map(chosen -> chosen.apply(maps, WeightScope.of(new NoWeights())))
                .orElseGet(() -> Layout.flatten(maps));
    }

    /// @param value input of a graph, which gets its outputs
    Classifier classifier(Value value, LinearHead head) {
        return canExplain() ? explained(value, head) : plain(value, head);
    }

    /// Whether there are explanations.
    boolean canExplain() {
        return explains
                && switch (pooling.orElse(VectorPooling.GEM)) {
                    case GAP, SPOC, BILINEAR -> true;
                    case GMP, ADD, CAT, GEM, SPP, RMAC, NETVLAD -> false;
                };
    }

    private Classifier plain(Value value, LinearHead head) {
        value.graph()
                .output(LOGITS, FittedLayers.classified(vector(value), head).logits());
        return new Classifier(value.graph(), List.of());
    }

    private Classifier explained(Value value, LinearHead head) {
        Value maps = projected(value);
        if (pooling.filter(VectorPooling.BILINEAR::equals).isPresent()) {
            Value pooled = MultimodalBilinearPool.DEFAULT.apply(maps, maps);
            Classified classified = FittedLayers.classified(pooled, head);
            var factors = ResponseForms.DEFAULT.of(maps, maps, pooled, classified.logits(), classified.weight());
            return outputs(
                    classified,
                    factors.withBias(classified.bias()).padded(margin).outputs());
        }
        Classified classified = FittedLayers.classified(vector(value), head);
        var responses = ResponseMaps.DEFAULT.ofAverage(maps, classified.logits(), classified.weight());
        return outputs(
                classified, responses.withBias(classified.bias()).padded(margin).outputs());
    }

    private static Classifier outputs(Classified classified, List<ExplainingValue> explaining) {
        Graph graph = classified.logits().graph();
        graph.output(LOGITS, classified.logits());
        explaining.forEach(output -> graph.output(output.name(), output.value()));
        return new Classifier(graph, explaining.stream().map(HeadFeatures::spec).toList());
    }

    private static TensorSpec spec(ExplainingValue output) {
        Shape shape = output.value().shape();
        List<Integer> item = new ArrayList<>();
        for (int axis = 1; axis < shape.rank(); axis++) {
            item.add(Math.toIntExact(shape.size(axis)));
        }
        return new TensorSpec(output.name(), ElementType.FLOAT32, item, output.meaning());
    }

    private Value projected(Value value) {
        return projection
                .map(components -> FittedLayers.projected(value, components))
                .orElse(value);
    }
}
