package dev.fovea.architectures.dolg;

import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.ImageNetwork;
import dev.fovea.architectures.NetworkOutput;
import dev.fovea.architectures.Option;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.layers.L2Normalize;
import dev.fovea.architectures.trunk.ImageNet;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ImagePreprocessing.ChannelOrder;
import dev.fovea.repository.ImagePreprocessing.Interpolation;
import dev.fovea.repository.PixelNormalization;
import dev.fovea.repository.ResizeRule;
import java.util.ArrayList;
import java.util.List;

/// DOLG as an image network, in one of its two published forms.
public record Dolg(Variant variant) implements ImageNetwork {

    private static final String NORMALISE = "normalise";
    private static final String BGR = "bgr";
    private static final String OFFICIAL_SCALES = "0.3535,0.5,0.7071,1,1.4142";
    private static final int SIZE = 512;

    /// Whose code, and with it whose weights.
    public enum Variant {
        /// On timm's ResNet, stages 3 and 4: the seed of most reimplementations.
        SEED,
        /// The authors': stages 4 and 5, five scales, BGR.
        OFFICIAL
    }

    @Override
    public String name() {
        return isOfficial() ? "dolg-official" : "dolg";
    }

    @Override
    public String task() {
        return ImageArchitecture.RETRIEVAL;
    }

    @Override
    public String summary() {
        return isOfficial()
                ? "DOLG embeddings with the layout of the authors' weights: BGR, mean of five scales"
                : "DOLG embeddings: orthogonal fusion of local and global features of a ResNet";
    }

    @Override
    public String paper() {
        return "M. Yang et al., DOLG: Single-Stage Image Retrieval with Deep Orthogonal Fusion of Local and Global "
                + "Features, ICCV 2021, arXiv:2108.02927";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(DolgParts.commonOptions());
        if (isOfficial()) {
            options.add(new Option(
                    OfficialParts.MULTI_ATROUS, "false", "true or false", "the atrous pyramid before the attention"));
            options.add(new Option(
                    OfficialParts.LEARNT_P, "true", "true or false", "GeM with the p of the weights instead of 3"));
        }
        options.add(Scales.option(isOfficial() ? OFFICIAL_SCALES : "1"));
        options.add(new Option(
                BGR, String.valueOf(isOfficial()), "true or false", "blue first, as OpenCV loads images, not red"));
        options.add(new Option(
                NORMALISE,
                String.valueOf(isOfficial()),
                "true or false",
                "division by the norm inside the network; several scales always have it"));
        return options;
    }

    @Override
    public int defaultSize() {
        return SIZE;
    }

    @Override
    public ImagePreprocessing preprocessing(int sizePx, OptionValues options) {
        var stretch = new ResizeRule.Stretch();
        return options.flag(BGR)
                ? new ImagePreprocessing(
                        sizePx,
                        sizePx,
                        stretch,
                        Interpolation.BILINEAR,
                        ChannelOrder.BGR,
                        new PixelNormalization(
                                ImageNet.MEAN.reversed(), ImageNet.STD.reversed(), PixelNormalization.Place.GRAPH))
                : ImageNet.square(sizePx, stretch);
    }

    @Override
    public boolean unitNorm(OptionValues options) {
        return options.flag(NORMALISE) || Scales.of(options).several();
    }

    @Override
    public List<NetworkOutput> apply(Value pixels, WeightScope weights, OptionValues options, Precision precision) {
        DolgParts parts = isOfficial() ? OfficialParts.of(weights, options) : new SeedParts();
        Value raw = Scales.of(options).apply(pixels, scaled -> parts.apply(scaled, weights, options, precision));
        boolean unit = unitNorm(options);
        Value embedding = unit ? L2Normalize.DEFAULT.apply(raw) : raw; // (N, output)
        return List.of(new NetworkOutput(
                "embedding", embedding, unit ? "embedding of unit norm" : "embedding, not of unit norm"));
    }

    private boolean isOfficial() {
        return variant == Variant.OFFICIAL;
    }
}
