package dev.fovea.architectures.embedding;

import dev.fovea.architectures.Option;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.trunk.FeatureMaps;
import dev.fovea.architectures.trunk.ImageNet;
import dev.fovea.architectures.trunk.Naming;
import dev.fovea.architectures.trunk.Trunk;
import dev.fovea.architectures.trunk.Trunks;
import dev.fovea.architectures.trunk.Vgg16;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ImagePreprocessing.ChannelOrder;
import dev.fovea.repository.ImagePreprocessing.Interpolation;
import dev.fovea.repository.PixelNormalization;
import dev.fovea.repository.ResizeRule;
import java.util.Arrays;
import java.util.List;

/// Whose feature maps an embedder pools: any of [Trunks], and any of its stages, by option.
///
/// @param scope below which the weights are, unless they are a torchvision checkpoint
public record EmbedderTrunk(String defaultTrunk, String scope, TrunkNames names) {

    private static final String TRUNK = "trunk";
    private static final String STAGE = "stage";
    private static final String NAMING = "naming";
    private static final String LAST_RELU = "last_relu";
    private static final String VGG16 = "vgg16";
    private static final String SIFT = "sift";
    private static final int MAX_STAGE = 5;

    /// ResNet-50 below `features`, as a torchvision network.
    static final EmbedderTrunk RESNET = new EmbedderTrunk("resnet50", "features", TrunkNames.NESTED);

    /// VGG16 below `encoder`, as a `Sequential`.
    static final EmbedderTrunk VGG = new EmbedderTrunk(VGG16, "encoder", TrunkNames.SEQUENTIAL);

    List<Option> options() {
        return List.of(
                new Option(TRUNK, defaultTrunk, Trunks.names().toString(), "network below"),
                new Option(STAGE, "0", "0 to " + MAX_STAGE, "stage whose maps are pooled; 0 for the last"),
                new Option(
                        NAMING,
                        names.toString(),
                        Arrays.toString(TrunkNames.values()),
                        "names of the trunk's weights: below " + scope
                                + " as torchvision's or as a Sequential's, or a torchvision checkpoint's"),
                new Option(
                        LAST_RELU,
                        "true",
                        "true or false",
                        VGG16 + " with its last ReLU; pytorch-NetVlad trains without"));
    }

    /// The whole image; normalised as for ImageNet, but for dense SIFT, which has no weights and takes pixels as
    /// they are.
    ImagePreprocessing preprocessing(int sizePx, OptionValues options) {
        var stretch = new ResizeRule.Stretch();
        return options.text(TRUNK).equals(SIFT)
                ? new ImagePreprocessing(
                        sizePx,
                        sizePx,
                        stretch,
                        Interpolation.BILINEAR,
                        ChannelOrder.RGB,
                        new PixelNormalization(
                                List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0), PixelNormalization.Place.GRAPH))
                : ImageNet.square(sizePx, stretch);
    }

    /// @return float32 (N, C, H, W)
    Value apply(Value pixels, WeightScope weights, OptionValues options, Precision precision) {
        TrunkNames chosen = options.choice(NAMING, TrunkNames.class);
        Trunk trunk = trunk(options.text(TRUNK), chosen.naming(), options.flag(LAST_RELU));
        FeatureMaps maps = trunk.apply(pixels, chosen.scope(weights, scope), precision);
        int stage = options.wholeNumber(STAGE, 0, maps.stages().size());
        return stage == 0 ? maps.last() : maps.stage(stage);
    }

    private static Trunk trunk(String name, Naming naming, boolean lastRelu) {
        return name.equals(VGG16) && !lastRelu ? new Vgg16(naming, Vgg16.End.CONVOLUTION) : Trunks.named(name, naming);
    }
}
