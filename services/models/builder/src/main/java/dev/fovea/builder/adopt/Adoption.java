package dev.fovea.builder.adopt;

import dev.fovea.inference.session.SessionException;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.ForeignModel;
import dev.fovea.onnx.ForeignValue;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import dev.fovea.onnxruntime.GraphProbe;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ManifestJson;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.PixelNormalization;
import dev.fovea.repository.PreprocessingSpec;
import dev.fovea.repository.TensorSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A foreign file as a service wants it, but for the manifest: one input of known size, one vector per item.
///
/// @param model edited
/// @param explanations outputs that only explain the answer
/// @param note for a person, on the explanations; empty if none were wanted
/// @param fixedBatch the file's fixed batch size
/// @param half whether the foreign input or answer is float16
record Adoption(
        ForeignModel model,
        TensorSpec input,
        TensorSpec output,
        List<TensorSpec> explanations,
        String note,
        PreprocessingSpec preprocessing,
        Optional<Integer> fixedBatch,
        boolean half) {

    private static final int COLOURS = 3;

    /// @throws IllegalArgumentException naming what does not fit
    /// @throws SessionException if ONNX Runtime refuses the file
    static Adoption of(ForeignModel file, Task task, InputOptions inputs, OutputOptions outputs)
            throws SessionException {
        boolean patches = task == Task.PATCH_DESCRIPTION;
        ForeignInput input = ForeignInput.of(file, patches ? 1 : COLOURS, inputs);
        ForeignModel sized = file.withInputShape(input.name(), input.shape());
        String answer = outputs.output().orElseGet(() -> onlyOutput(file));
        Fronted fronted = patches ? patches(sized, input, inputs) : images(sized, input, inputs);
        TensorSpec value = learned(sized, answer, input);
        var head = new Head(outputs.head(), outputs.normalise());
        if (head.isNothing(value)) {
            Shape shape = new Shape(List.of(input.shape().dim(0), Dim.of(value.itemElements())));
            ForeignModel model = fronted.model()
                    .withOutput(answer, answer, DataType.FLOAT32, shape)
                    .withOnlyOutputs(List.of(answer));
            Adoption plain = fronted.answering(model, described(answer, value.itemElements(), task), input, value);
            return task == Task.CLASSIFICATION && outputs.explanations() ? plain.explained(answer, input) : plain;
        }
        String name = free(task.outputName(), file);
        ForeignModel model = fronted.model()
                .withHead(answer, head.on(value, input.shape().dim(0), name))
                .withOnlyOutputs(List.of(name));
        Adoption headed = fronted.answering(model, described(name, dimension(model), task), input, value);
        return task == Task.CLASSIFICATION && outputs.explanations() ? headed.explained(answer, input) : headed;
    }

    /// @param scored what the answer is made of
    private Adoption explained(String scored, ForeignInput foreign) throws SessionException {
        ActivationMaps maps = ActivationMaps.on(
                model, scored, output.itemElements(), input, foreign.shape().dim(0));
        return new Adoption(maps.model(), input, output, maps.outputs(), maps.note(), preprocessing, fixedBatch, half);
    }

    /// The answer, then what explains it.
    List<TensorSpec> outputs() {
        return Stream.concat(Stream.of(output), explanations.stream()).toList();
    }

    /// The file with a manifest inside.
    byte[] withManifest(ModelManifest manifest) {
        return model.withMetadata(ModelManifest.METADATA_KEY, ManifestJson.write(manifest))
                .toBytes();
    }

    private record Fronted(ForeignModel model, TensorSpec spec, PreprocessingSpec preprocessing) {

        Adoption answering(ForeignModel answering, TensorSpec output, ForeignInput input, TensorSpec value) {
            boolean half = input.type() == DataType.FLOAT16 || value.elementType() == ElementType.FLOAT16;
            return new Adoption(answering, spec, output, List.of(), "", preprocessing, input.fixedBatch(), half);
        }
    }

    private static Fronted patches(ForeignModel model, ForeignInput input, InputOptions options) {
        int side = input.size().heightPx();
        if (side != input.size().widthPx()) {
            throw new IllegalArgumentException(
                    "input " + input.name() + " is " + input.shape() + ", patches are square");
        }
        if (!options.wantsFront()) {
            throw new IllegalArgumentException("patches come as (N, S, S), so the input needs its front of bytes");
        }
        PixelNormalization pixels = options.pixels(PixelNormalization.Place.GRAPH);
        Graph front =
                Front.ofPatches(Task.PATCHES, input, InputOptions.grey(pixels.mean()), InputOptions.grey(pixels.std()));
        return new Fronted(
                model.withFront(input.name(), front),
                new TensorSpec(
                        Task.PATCHES, ElementType.UINT8, List.of(side, side), "grey patches, row major, 0 to 255"),
                options.patches(side));
    }

    private static Fronted images(ForeignModel model, ForeignInput input, InputOptions options) {
        if (input.takesBytes()) {
            return bytes(model, input, options);
        }
        if (options.wantsFront()) {
            PixelNormalization pixels = options.pixels(PixelNormalization.Place.GRAPH);
            return fronted(model, input, options.images(input.size(), pixels));
        }
        input.requirePlanes();
        ImagePreprocessing spec = options.images(input.size(), options.pixels(PixelNormalization.Place.SERVICE));
        String meaning = spec.channels() + " planes, normalised by the service";
        return new Fronted(model, new TensorSpec(input.name(), ElementType.FLOAT32, input.itemShape(), meaning), spec);
    }

    private static Fronted bytes(ForeignModel model, ForeignInput input, InputOptions options) {
        if (options.saysPixels()) {
            throw new IllegalArgumentException("input " + input.name()
                    + " takes bytes already, so the graph normalises; --mean and --std would do it twice");
        }
        ImagePreprocessing spec = options.images(input.size(), ForeignInput.UNTOUCHED);
        if (input.layout() == InputOptions.Layout.NCHW) {
            return fronted(model, input, spec);
        }
        String meaning = spec.channels() + " images, 0 to 255";
        return new Fronted(model, new TensorSpec(input.name(), ElementType.UINT8, input.itemShape(), meaning), spec);
    }

    private static Fronted fronted(ForeignModel model, ForeignInput input, ImagePreprocessing spec) {
        List<Integer> item = List.of(input.size().heightPx(), input.size().widthPx(), COLOURS);
        return new Fronted(
                model.withFront(input.name(), Front.ofImages(Task.IMAGES, input, spec.normalization())),
                new TensorSpec(Task.IMAGES, ElementType.UINT8, item, spec.channels() + " images, 0 to 255"),
                spec);
    }

    private static String onlyOutput(ForeignModel file) {
        List<String> names = file.outputs().stream().map(ForeignValue::name).toList();
        if (names.size() != 1) {
            throw new IllegalArgumentException("it has the outputs " + names + "; --output says which is the answer");
        }
        return names.getFirst();
    }

    private static TensorSpec learned(ForeignModel model, String value, ForeignInput input) throws SessionException {
        return GraphProbe.outputs(
                        model.withOutput(value).withOnlyOutputs(List.of(value)).toBytes(), input.spec())
                .getFirst();
    }

    /// A name for a head's output that no input or output of the file has.
    private static String free(String name, ForeignModel file) {
        boolean taken = Stream.concat(file.inputs().stream(), file.outputs().stream())
                .anyMatch(value -> value.name().equals(name));
        return taken ? "adopted-" + name : name;
    }

    private static int dimension(ForeignModel model) {
        return model.outputs().stream()
                .flatMap(output -> output.shape().stream())
                .mapToInt(shape -> Math.toIntExact(shape.size(1)))
                .findFirst()
                .orElseThrow();
    }

    private static TensorSpec described(String name, int dimension, Task task) {
        return new TensorSpec(name, ElementType.FLOAT32, List.of(dimension), task.meaning());
    }
}
