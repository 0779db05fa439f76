package dev.fovea.architectures.embedding;

import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.ImageNetwork;
import dev.fovea.architectures.NetworkOutput;
import dev.fovea.architectures.Option;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.layers.FullyConnected;
import dev.fovea.architectures.layers.L2Normalize;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.repository.ImagePreprocessing;
import java.util.ArrayList;
import java.util.List;

/// A trunk, a pooling and, if asked, a whitening as an image network.
///
/// @param defaultSize side of the input, pixels
public record Embedder(String name, String summary, String paper, int defaultSize, Pooling pooling, EmbedderTrunk trunk)
        implements ImageNetwork {

    private static final String WHITEN = "whiten";
    private static final String NORMALISE = "normalise";
    private static final int MAX_DIMENSIONS = 8192;

    /// GeM on a ResNet-50.
    public static Embedder gem() {
        return new Embedder(
                "gem",
                "Embeddings by the generalised mean of any trunk's maps",
                "F. Radenović, G. Tolias, O. Chum, Fine-tuning CNN Image Retrieval with No Human Annotation, TPAMI "
                        + "2018, arXiv:1711.02512",
                1024,
                Pooling.GEM,
                EmbedderTrunk.RESNET);
    }

    /// The plain mean on a ResNet-50.
    public static Embedder spoc() {
        return new Embedder(
                "spoc",
                "Embeddings by the mean of any trunk's maps",
                "A. Babenko, V. Lempitsky, Aggregating Local Deep Features for Image Retrieval, ICCV 2015",
                1024,
                Pooling.SPOC,
                EmbedderTrunk.RESNET);
    }

    /// Regional maxima on a ResNet-50.
    public static Embedder rmac() {
        return new Embedder(
                "rmac",
                "Embeddings by the regional maxima of any trunk's maps",
                "G. Tolias, R. Sicre, H. Jégou, Particular Object Retrieval with Integral Max-Pooling of CNN "
                        + "Activations, ICLR 2016, arXiv:1511.05879",
                1024,
                Pooling.RMAC,
                EmbedderTrunk.RESNET);
    }

    /// Any pooling on a ResNet-50.
    public static Embedder pooled() {
        return new Embedder(
                "pooled",
                "Embeddings by any pooling of any trunk's maps",
                "M. Lin, Q. Chen, S. Yan, Network in Network, ICLR 2014, and the pooling's own",
                448,
                Pooling.ANY,
                EmbedderTrunk.RESNET);
    }

    /// NetVLAD on VGG16 without its last pool.
    public static Embedder netVlad() {
        return new Embedder(
                "netvlad",
                "NetVLAD embeddings: residuals of any trunk's features to visual words",
                "R. Arandjelović, P. Gronat, A. Torii, T. Pajdla, J. Sivic, NetVLAD: CNN Architecture for Weakly "
                        + "Supervised Place Recognition, CVPR 2016, arXiv:1511.07247",
                480,
                Pooling.NETVLAD,
                EmbedderTrunk.VGG);
    }

    @Override
    public String task() {
        return ImageArchitecture.RETRIEVAL;
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(trunk.options());
        options.addAll(pooling.options());
        options.add(new Option(
                WHITEN,
                "0",
                "0 to " + MAX_DIMENSIONS,
                "numbers of the embedding after the linear layer whiten of the weights; 0 for no such layer"));
        options.add(new Option(NORMALISE, "true", "true or false", "division by the norm inside the network"));
        return options;
    }

    @Override
    public ImagePreprocessing preprocessing(int sizePx, OptionValues options) {
        return trunk.preprocessing(sizePx, options);
    }

    @Override
    public boolean unitNorm(OptionValues options) {
        return options.flag(NORMALISE);
    }

    @Override
    public List<NetworkOutput> apply(Value pixels, WeightScope weights, OptionValues options, Precision precision) {
        Value maps = trunk.apply(pixels, weights, options, precision);
        Value vector = pooling.apply(maps, weights.scope("pool"), options); // (N, D)
        int whitened = options.wholeNumber(WHITEN, 0, MAX_DIMENSIONS);
        if (whitened > 0) {
            Value unit = L2Normalize.DEFAULT.apply(vector);
            vector = FullyConnected.withBias(whitened).apply(unit, weights.scope("whiten"));
        }
        boolean unitNorm = unitNorm(options);
        return List.of(new NetworkOutput(
                "embedding",
                unitNorm ? L2Normalize.DEFAULT.apply(vector) : vector,
                unitNorm ? "embedding of unit norm" : "embedding, not of unit norm"));
    }
}
