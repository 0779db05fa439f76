package dev.fovea.builder.fit;

import dev.fovea.architectures.BuiltModel;
import dev.fovea.builder.images.ImageModel;
import dev.fovea.inference.session.SessionException;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.ForeignEnd;
import dev.fovea.onnx.ForeignModel;
import dev.fovea.onnx.ForeignValue;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.OnnxInitializers;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import dev.fovea.onnxruntime.GraphProbe;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ManifestJson;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.TensorSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A value inside a model, on which something is fitted and grafted.
///
/// @param manifest of the model as it is
/// @param value one item of it, as ONNX Runtime gives it
record FeatureTap(ForeignModel model, ModelManifest manifest, TensorSpec value) {

    private static final String FEATURES = "fovea_features";

    /// @param onnx the file, with that manifest inside
    /// @param name of the value; it may be an inner one
    /// @throws IOException if there is no such value, or it is neither a vector nor maps of float32
    static FeatureTap at(byte[] onnx, ModelManifest manifest, String name) throws IOException {
        try {
            ForeignModel model = ForeignModel.read(onnx);
            TensorSpec input = manifest.inputs().getFirst();
            byte[] tapped =
                    model.withOutput(name).withOnlyOutputs(List.of(name)).toBytes();
            TensorSpec value = GraphProbe.outputs(tapped, input).getFirst();
            int rank = value.itemShape().size();
            if (value.elementType() != ElementType.FLOAT32 || (rank != 1 && rank != 3)) {
                throw new IOException("value " + name + " of model " + manifest.name() + " is " + value.elementType()
                        + " (N, " + value.itemShape() + "); FLOAT32 vectors (N, D) or maps (N, C, H, W) can be"
                        + " fitted to");
            }
            return new FeatureTap(model, manifest, value);
        } catch (IllegalArgumentException | SessionException unfit) {
            throw new IOException("model " + manifest.name() + ": " + unfit.getMessage(), unfit);
        }
    }

    /// What a layer of a model that was just built is applied to.
    ///
    /// @param layer name of its weights without `.weight`: `fc`
    static FeatureTap atLayer(BuiltModel model, String layer) throws IOException {
        byte[] onnx = model.toBytes();
        String constant = OnnxInitializers.read(onnx).names().stream()
                .filter(name -> name.startsWith(layer + ".weight"))
                .findFirst()
                .orElseThrow(
                        () -> new IOException("the graph of " + model.manifest().name() + " has no layer " + layer));
        return at(onnx, model.manifest(), ForeignModel.read(onnx).operandBeside(constant));
    }

    /// Whether the value is maps (N, C, H, W), not vectors (N, D).
    boolean isMaps() {
        return value.itemShape().size() == 3;
    }

    /// C of maps, D of vectors.
    int channels() {
        return value.itemShape().getFirst();
    }

    /// A graph that takes the value.
    Graph head(String output, UnaryOperator<Value> layers) {
        Value given = input();
        given.graph().output(output, layers.apply(given));
        return given.graph();
    }

    /// The only input of a new graph that takes the value.
    Value input() {
        List<Dim> dims = new ArrayList<>(List.of(batch()));
        value.itemShape().forEach(size -> dims.add(Dim.of(size)));
        return new Graph("fitted").input("value", DataType.FLOAT32, new Shape(dims));
    }

    /// What the value is the mean of, where it is a mean of maps over all positions.
    Optional<String> averagedMaps() {
        return ForeignEnd.average(model, value.name())
                .filter(average -> !average.channelsLast() && average.window().isEmpty())
                .map(ForeignEnd.Average::maps);
    }

    private Dim batch() {
        return model.inputs().stream()
                .map(ForeignValue::shape)
                .flatMap(Optional::stream)
                .map(shape -> shape.dim(0))
                .findFirst()
                .orElse(Dim.named("N"));
    }

    /// The model whose answer is what some layers make of the value, to be run now; the caller closes it.
    ImageModel open(UnaryOperator<Value> layers) throws IOException {
        ModelManifest features = features(layers);
        return ImageModel.open(features, file(head(FEATURES, layers), features));
    }

    /// The model that answers with the value itself.
    ModelManifest features(UnaryOperator<Value> layers) throws IOException {
        try {
            byte[] onnx = grafted(head(FEATURES, layers), List.of(FEATURES)).toBytes();
            TensorSpec spec =
                    GraphProbe.outputs(onnx, manifest.inputs().getFirst()).getFirst();
            return ManifestDraft.of(manifest).output(spec).labels(List.of()).done();
        } catch (SessionException refused) {
            throw new IOException("model " + manifest.name() + ": " + refused.getMessage(), refused);
        }
    }

    /// The file of the model whose only outputs are those of a head on the value.
    byte[] file(Graph head, ModelManifest fitted) {
        List<String> outputs = fitted.outputs().stream().map(TensorSpec::name).toList();
        return grafted(head, outputs)
                .withMetadata(ModelManifest.METADATA_KEY, ManifestJson.write(fitted))
                .toBytes();
    }

    private ForeignModel grafted(Graph head, List<String> outputs) {
        // Outputs of those names make room; what they were computed from stays.
        List<String> others = model.outputs().stream()
                .map(ForeignValue::name)
                .filter(name -> !outputs.contains(name))
                .toList();
        return model.withOnlyOutputs(others).withHead(value.name(), head).withOnlyOutputs(outputs);
    }
}
