package dev.fovea.architectures.densesift;

import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.ImageNetwork;
import dev.fovea.architectures.NetworkOutput;
import dev.fovea.architectures.Option;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Layout;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ModelManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Dense SIFT, a projection if asked, and a head: an embedder that needs no download.
///
/// Everything is float32 whatever precision is asked for: there is no trunk of weights that would profit.
///
/// @param summary one sentence for the help text
/// @param defaultSize side of the input, pixels
/// @param defaults of the descriptors
public record SiftNetwork(String name, String summary, String paper, int defaultSize, SiftHead head, DenseSift defaults)
        implements ImageNetwork {

    /// Second output of `sift-dense`, and of `sift-bilinear` on request: (N, D, H, W).
    public static final String LOCAL_FEATURES = "local_features";

    /// Option of `sift-bilinear`.
    public static final String EXPLANATIONS = "explanations";

    private static final String EMBEDDING = "embedding";
    private static final String COLOUR = "colour";
    private static final String PCA = "pca";
    private static final int MAX_PCA = 128;

    private static final String SIFT_PAPER = "D. G. Lowe, Distinctive Image Features from Scale-Invariant Keypoints, "
            + "IJCV 60(2), 2004; R. Arandjelović, A. Zisserman, Three Things Everyone Should Know to Improve Object "
            + "Retrieval, CVPR 2012";

    /// Descriptors and their mean; what codebooks and projections are fitted to.
    public static SiftNetwork dense() {
        return new SiftNetwork(
                "sift-dense",
                "Dense RootSIFT descriptors and their mean; no trained weights",
                SIFT_PAPER,
                256,
                SiftHead.MEAN,
                DenseSift.of(List.of(16, 24, 32), 8));
    }

    /// Place recognition with a codebook fitted to the user's images.
    public static SiftNetwork vlad() {
        return new SiftNetwork(
                "sift-vlad",
                "Place recognition without a download: VLAD of dense RootSIFT, codebook fitted to one's own images",
                SIFT_PAPER + "; H. Jégou et al., Aggregating Local Descriptors into a Compact Image Representation, "
                        + "CVPR 2010; A. Torii et al., 24/7 Place Recognition by View Synthesis, CVPR 2015 (DenseVLAD)",
                256,
                SiftHead.VLAD,
                DenseSift.of(List.of(16, 24, 32), 8));
    }

    /// Features for a linear classifier.
    public static SiftNetwork bilinear() {
        return new SiftNetwork(
                "sift-bilinear",
                "Features for a linear classifier without a download: second-order pooling of dense RootSIFT",
                SIFT_PAPER + "; T.-Y. Lin et al., Bilinear CNN Models for Fine-grained Visual Recognition, ICCV 2015; "
                        + "J. Carreira et al., Semantic Segmentation with Second-Order Pooling, ECCV 2012",
                256,
                SiftHead.BILINEAR,
                DenseSift.of(List.of(32), 8));
    }

    @Override
    public String task() {
        return ImageArchitecture.RETRIEVAL;
    }

    @Override
    public boolean takesWeights() {
        return head == SiftHead.VLAD;
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(SiftOptions.of(defaults));
        options.addAll(head.options());
        if (head == SiftHead.BILINEAR) {
            options.add(
                    new Option(COLOUR, "true", "true, false", "the mean colour of each patch beside its descriptor"));
            options.add(new Option(
                    EXPLANATIONS,
                    "false",
                    "true, false",
                    "also give what is pooled, by which a classifier fitted on it explains itself; of one patch size"));
        }
        if (head != SiftHead.MEAN) {
            options.add(
                    new Option(
                            PCA,
                            "0",
                            "0 to " + MAX_PCA,
                            "entries kept of a descriptor by the projection pca.mean, pca.components of the weights; 0 for all"));
        }
        return options;
    }

    @Override
    public ImagePreprocessing preprocessing(int sizePx, OptionValues options) {
        return SiftOptions.preprocessing(sizePx);
    }

    @Override
    public boolean unitNorm(OptionValues options) {
        return true;
    }

    @Override
    public List<NetworkOutput> apply(Value pixels, WeightScope weights, OptionValues options, Precision precision) {
        DenseSift sift = SiftOptions.read(options);
        Value features = sift.apply(pixels);
        if (head == SiftHead.MEAN) {
            return List.of(
                    new NetworkOutput(EMBEDDING, head.apply(features, weights, options), "mean descriptor, unit norm"),
                    new NetworkOutput(LOCAL_FEATURES, features, "descriptor of every patch, unit norm each"));
        }
        int kept = options.wholeNumber(PCA, 0, MAX_PCA);
        Value compact = kept == 0 ? features : new LocalPca(kept).apply(features, weights.scope("pca"));
        boolean coloured = head == SiftHead.BILINEAR && options.flag(COLOUR);
        Value all = coloured ? Layout.concat(List.of(compact, sift.colours(pixels)), 1) : compact;
        var embedding = new NetworkOutput(EMBEDDING, head.apply(all, weights, options), "embedding of unit norm");
        if (head != SiftHead.BILINEAR || !options.flag(EXPLANATIONS)) {
            return List.of(embedding);
        }
        if (sift.patchSizes().size() > 1) {
            throw new IllegalArgumentException("patches of " + sift.patchSizes()
                    + " pixels have no positions in common; " + EXPLANATIONS + " needs one patch size");
        }
        return List.of(
                embedding, NetworkOutput.explaining(LOCAL_FEATURES, all, "what is pooled: channel, row, column"));
    }

    /// Whether the options leave, or ask for, one size of patches, so that their positions make one map.
    public static boolean hasOnePatchSize(Map<String, String> options) {
        return !options.getOrDefault(SiftOptions.PATCH_SIZES, "").contains(",");
    }

    /// Positions that lack at each side of [#LOCAL_FEATURES], because a patch lies within the image, so that as many
    /// more cover the whole image evenly.
    public static int margin(ModelManifest manifest, int rows) {
        if (!(manifest.preprocessing() instanceof ImagePreprocessing image)) {
            return 0;
        }
        int stride = Integer.parseInt(manifest.parameters().getOrDefault(SiftOptions.STRIDE, "0"));
        return stride == 0 ? 0 : Math.max(0, (image.heightPx() / stride - rows) / 2);
    }
}
