package dev.fovea.architectures.s3n;

import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.ImageNetwork;
import dev.fovea.architectures.NetworkOutput;
import dev.fovea.architectures.Option;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.trunk.ImageNet;
import dev.fovea.architectures.trunk.Naming;
import dev.fovea.architectures.trunk.ResNet;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ResizeRule;
import dev.fovea.repository.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Selective sparse sampling with a ResNet: one that was chosen in advance, or any by an option.
///
/// @param preset the trunk; none for the option `trunk`
public record S3n(Optional<ResNet.Variant> preset) implements ImageNetwork {

    private static final ResNet.Variant PUBLISHED = ResNet.Variant.RESNET50;
    private static final int PUBLISHED_SIZE = 448;
    /// The published code shrinks images to 512 and cuts out 448.
    private static final int CUT_FROM = 512;

    /// `s3n`, its trunk an option.
    public static S3n ofAnyTrunk() {
        return new S3n(Optional.empty());
    }

    /// `s3n-resnet50` and the like.
    public static S3n of(ResNet.Variant trunk) {
        return new S3n(Optional.of(trunk));
    }

    @Override
    public String name() {
        return preset.map(trunk -> "s3n-" + trunk).orElse("s3n");
    }

    @Override
    public String task() {
        return ImageArchitecture.CLASSIFICATION;
    }

    @Override
    public String summary() {
        return "S3N on " + preset.map(ResNet.Variant::toString).orElse("a ResNet")
                + ": looks at the image, enlarges what decides and what remains, and looks again";
    }

    @Override
    public String paper() {
        return "Y. Ding et al., Selective Sparse Sampling for Fine-Grained Image Recognition, ICCV 2019";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>();
        if (preset.isEmpty()) {
            options.add(S3nOptions.trunk(PUBLISHED));
        }
        options.addAll(S3nOptions.shared());
        return options;
    }

    @Override
    public int defaultSize() {
        return PUBLISHED_SIZE;
    }

    @Override
    public ImagePreprocessing preprocessing(int sizePx, OptionValues options) {
        return ImageNet.square(sizePx, new ResizeRule.CropCentre(sizePx * CUT_FROM / PUBLISHED_SIZE));
    }

    @Override
    public List<TensorSpec> furtherInputs(OptionValues options) {
        return new S3nOptions(options).furtherInputs();
    }

    @Override
    public boolean unitNorm(OptionValues options) {
        return false;
    }

    @Override
    public List<NetworkOutput> apply(Value pixels, WeightScope weights, OptionValues options, Precision precision) {
        ResNet.Variant variant = preset.orElseGet(() -> options.choice(S3nOptions.TRUNK, ResNet.Variant.class));
        var trunk = new ResNet(variant, Naming.SEQUENTIAL);
        int classes = options.wholeNumber(ImageArchitecture.CLASSES);
        return new S3nGraph(trunk, classes, new S3nOptions(options), precision, weights).build(pixels);
    }
}
