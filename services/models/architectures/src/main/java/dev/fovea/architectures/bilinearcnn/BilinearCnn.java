package dev.fovea.architectures.bilinearcnn;

import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.ImageNetwork;
import dev.fovea.architectures.NetworkOutput;
import dev.fovea.architectures.Option;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.layers.FullyConnected;
import dev.fovea.architectures.layers.MultimodalBilinearPool;
import dev.fovea.architectures.layers.ResponseForms;
import dev.fovea.architectures.trunk.ImageNet;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.shape.Shape;
import dev.fovea.repository.ImagePreprocessing;
import java.util.ArrayList;
import java.util.List;

/// Bilinear CNN: what two extractors see at each position, multiplied, averaged, and classified.
///
/// Source: Lin et al., "Bilinear CNN Models for Fine-grained Visual Recognition", ICCV 2015, arXiv:1504.07889.
///
/// **Shape:** (N, 3, H, W) to logits (N, classes). **Range:** unbounded.
public record BilinearCnn(Preset preset) implements ImageNetwork {

    private static final String EPSILON = "eps";
    private static final String EXPLANATIONS = "explanations";
    private static final int SIZE = 448;

    /// Of float32 in one ONNX file, whose limit is 2 GiB.
    private static final long MAX_NUMBERS = Integer.MAX_VALUE / Float.BYTES;

    @Override
    public String name() {
        return preset.toString();
    }

    @Override
    public String task() {
        return ImageArchitecture.CLASSIFICATION;
    }

    @Override
    public String summary() {
        return preset.summary();
    }

    @Override
    public String paper() {
        return "Lin et al. 2015, arXiv:1504.07889";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(preset.options());
        options.add(new Option(EPSILON, "1e-10", "0 to 1", "added inside the signed square root"));
        options.add(
                new Option(
                        EXPLANATIONS,
                        "false",
                        "true, false",
                        "also give the factors of where the best three classes are seen; the classifier takes twice the memory"));
        return options;
    }

    @Override
    public int defaultSize() {
        return SIZE;
    }

    @Override
    public ImagePreprocessing preprocessing(int sizePx, OptionValues options) {
        return ImageNet.centre(sizePx);
    }

    @Override
    public boolean unitNorm(OptionValues options) {
        return false;
    }

    @Override
    public List<NetworkOutput> apply(Value pixels, WeightScope weights, OptionValues options, Precision precision) {
        List<Value> features = new ArrayList<>();
        for (Stream stream : preset.streams(options)) {
            WeightScope scope = weights.scope(stream.scope());
            scope.leave("classifier"); // of torchvision's VGG16 and MobileNetV2, which the file of a trunk holds
            features.add(stream.trunk().apply(pixels, scope, precision).last()); // (N, D, h, w)
        }
        return classified(features.getFirst(), features.getLast(), weights.scope(preset.classifier()), options);
    }

    private static List<NetworkOutput> classified(Value x, Value y, WeightScope classifier, OptionValues options) {
        Value pooled = new MultimodalBilinearPool(epsilon(options)).apply(x, y); // (N, D E)
        int classes = options.wholeNumber(ImageArchitecture.CLASSES);
        requireFits(pooled.shape(), classes);
        Value logits = FullyConnected.withBias(classes).apply(pooled, classifier);
        List<NetworkOutput> outputs = new ArrayList<>();
        outputs.add(new NetworkOutput("logits", logits, "class scores before softmax, unbounded"));
        if (options.flag(EXPLANATIONS)) {
            long numbers = pooled.shape().size(1);
            Value weight = classifier.tensor(x, "weight", classes, numbers);
            ResponseForms.DEFAULT.of(x, y, pooled, logits, weight).outputs().stream()
                    .map(output -> NetworkOutput.explaining(output.name(), output.value(), output.meaning()))
                    .forEach(outputs::add);
        }
        return outputs;
    }

    private static float epsilon(OptionValues options) {
        double epsilon = options.number(EPSILON);
        if (!(epsilon >= 0 && epsilon <= 1)) {
            throw new IllegalArgumentException(EPSILON + " " + epsilon + " is outside 0 to 1");
        }
        return (float) epsilon;
    }

    private static void requireFits(Shape pooled, long classes) {
        long numbers = pooled.size(1) * classes;
        if (numbers > MAX_NUMBERS) {
            throw new IllegalArgumentException("a classifier of " + pooled.size(1) + " x " + classes + " = " + numbers
                    + " numbers is above the " + MAX_NUMBERS + " of a 2 GiB file;"
                    + " take fewer classes or a trunk with fewer channels (vgg16, resnet18, resnet34)");
        }
    }
}
