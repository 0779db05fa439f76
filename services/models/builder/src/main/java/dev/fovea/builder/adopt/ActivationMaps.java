package dev.fovea.builder.adopt;

import dev.fovea.architectures.layers.ResponseMaps;
import dev.fovea.architectures.layers.ResponseMaps.Responses;
import dev.fovea.inference.session.SessionException;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.ForeignEnd;
import dev.fovea.onnx.ForeignEnd.Average;
import dev.fovea.onnx.ForeignEnd.WeightLayout;
import dev.fovea.onnx.ForeignModel;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import dev.fovea.onnxruntime.GraphProbe;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Class activation maps on a foreign classifier that ends in the mean of maps and one linear layer. Its answer is
/// computed as before: maps, weights and scores only get another reader.
///
/// Source: Zhou et al., "Learning Deep Features for Discriminative Localization", CVPR 2016.
///
/// @param model with them, or as it was
/// @param outputs what they add; empty if there are none
/// @param note for a person: what they are made of, or why there are none
record ActivationMaps(ForeignModel model, List<TensorSpec> outputs, String note) {

    private static final int MAP_RANK = 3;

    ActivationMaps {
        outputs = List.copyOf(outputs);
    }

    /// @param model whose only output is the answer
    /// @param scored the value that is the answer, or that it is made of
    /// @param classes scores of the answer
    /// @param input of the model
    static ActivationMaps on(ForeignModel model, String scored, int classes, TensorSpec input, Dim batch)
            throws SessionException {
        return switch (ForeignEnd.of(model, scored)) {
            case ForeignEnd.Other other -> none(model, other.why());
            case ForeignEnd.Linear end -> new Graft(model, end, classes, input, batch).grafted();
        };
    }

    private static ActivationMaps none(ForeignModel model, String why) {
        return new ActivationMaps(model, List.of(), "no explanations are possible: " + why);
    }

    private record Graft(ForeignModel model, ForeignEnd.Linear end, int classes, TensorSpec input, Dim batch) {

        ActivationMaps grafted() throws SessionException {
            Average average = end.average();
            TensorSpec maps = probed(average.maps());
            TensorSpec scores = probed(end.scores());
            if (maps.itemShape().size() != MAP_RANK || scores.itemElements() != classes) {
                return none(model, "its linear layer gives " + scores.itemShape() + " of maps " + maps.itemShape());
            }
            List<Long> size = List.of(height(maps), width(maps));
            if (!average.window().isEmpty() && !average.window().equals(size)) {
                return none(model, "its mean is over windows of " + average.window() + " in maps of " + size);
            }
            ForeignModel with = model.withHead(
                    Map.of("maps", average.maps(), "weight", end.weight(), "scores", end.scores()),
                    graph(maps, scores));
            try {
                GraphProbe.outputs(with.toBytes(), input);
            } catch (SessionException refused) {
                return none(model, "with them " + refused.getMessage());
            }
            return new ActivationMaps(
                    with,
                    outputs(size),
                    "explains itself by the maps " + average.maps() + " of " + size.getFirst() + " x " + size.getLast()
                            + " and the weights " + end.weight());
        }

        private TensorSpec probed(String value) throws SessionException {
            byte[] asked =
                    model.withOutput(value).withOnlyOutputs(List.of(value)).toBytes();
            return GraphProbe.outputs(asked, input).getFirst();
        }

        private Graph graph(TensorSpec maps, TensorSpec scores) {
            var graph = new Graph("responses");
            DataType type = type(scores);
            WeightLayout layout = end.layout();
            Value features = graph.input("maps", type(maps), item(maps));
            Value weight = graph.input("weight", type, layout.shape(classes, channels(maps)));
            Value logits = graph.input("scores", type, item(scores));
            Value planes = end.average().channelsLast() ? Layout.transpose(features, 0, 3, 1, 2) : features;
            Responses responses =
                    ResponseMaps.DEFAULT.ofAverage(single(planes), single(flat(logits)), single(rows(weight, layout)));
            responses.outputs().forEach(output -> graph.output(output.name(), output.value()));
            return graph;
        }

        private Shape item(TensorSpec value) {
            List<Dim> dims = new ArrayList<>(List.of(batch));
            value.itemShape().forEach(size -> dims.add(Dim.of(size)));
            return new Shape(dims);
        }

        private long channels(TensorSpec maps) {
            return end.average().channelsLast()
                    ? maps.itemShape().getLast()
                    : maps.itemShape().getFirst();
        }

        private long height(TensorSpec maps) {
            return maps.itemShape().get(end.average().channelsLast() ? 0 : 1);
        }

        private long width(TensorSpec maps) {
            return maps.itemShape().get(end.average().channelsLast() ? 1 : 2);
        }

        private List<TensorSpec> outputs(List<Long> size) {
            int best = Math.min(ResponseMaps.DEFAULT.best(), classes);
            List<Integer> maps = List.of(best, Math.toIntExact(size.getFirst()), Math.toIntExact(size.getLast()));
            return List.of(
                    new TensorSpec(ResponseMaps.MAPS, ElementType.FLOAT32, maps, ResponseMaps.MAPS_MEANING),
                    new TensorSpec(
                            ResponseMaps.CLASSES, ElementType.FLOAT32, List.of(best), ResponseMaps.CLASSES_MEANING));
        }

        private static Value flat(Value scores) {
            return scores.shape().rank() == 2 ? scores : Layout.flatten(scores);
        }

        /// (K, C).
        private static Value rows(Value weight, WeightLayout layout) {
            return switch (layout) {
                case OUTPUTS_FIRST -> weight;
                case INPUTS_FIRST -> Layout.transpose(weight, 1, 0);
                case KERNEL -> Layout.squeeze(Layout.squeeze(weight, 3), 2);
            };
        }

        private static Value single(Value x) {
            return Elementwise.cast(x, DataType.FLOAT32);
        }

        private static DataType type(TensorSpec value) {
            return value.elementType() == ElementType.FLOAT16 ? DataType.FLOAT16 : DataType.FLOAT32;
        }
    }
}
