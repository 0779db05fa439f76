package dev.fovea.architectures.tfeat;

import dev.fovea.architectures.Option;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.PatchNetwork;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.layers.Activation;
import dev.fovea.architectures.layers.Conv2d;
import dev.fovea.architectures.layers.FullyConnected;
import dev.fovea.architectures.layers.Standardize;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Conv;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Pool;
import dev.fovea.onnx.op.Window;
import java.util.List;

/// TFeat, with the input and the names of either published code.
public record TFeat(Training training) implements PatchNetwork {

    private static final int PATCH_SIZE = 32;

    /// The square that a training patch of Brown's PhotoTour shows, over a SIFT keypoint's radius: OpenCV,
    /// `xfeatures2d::VGG` and `BoostDesc`, trained on the same patches, cut 6.75 times OpenCV's `size`.
    private static final double MAGNIFICATION = 13.5;

    private static final int DIMENSION = 128;
    private static final int FIRST_CHANNELS = 32;
    private static final int SECOND_CHANNELS = 64;
    private static final Window POOL = Window.of(2, 2);

    /// Whose loss, and with it whose code.
    public enum Training {
        /// Triplets, as published.
        TRIPLET,
        /// HardNet's hardest negative within the batch.
        HARDEST
    }

    @Override
    public String name() {
        return switch (training) {
            case TRIPLET -> "tfeat";
            case HARDEST -> "hardtfeat";
        };
    }

    @Override
    public String summary() {
        return switch (training) {
            case TRIPLET -> "TFeat descriptors of square grey patches";
            case HARDEST -> "TFeat descriptors of square grey patches, trained with HardNet's loss";
        };
    }

    @Override
    public String paper() {
        String network = "V. Balntas, E. Riba, D. Ponsa, K. Mikolajczyk, Learning local feature descriptors with "
                + "triplets and shallow convolutional neural networks, BMVC 2016";
        return switch (training) {
            case TRIPLET -> network;
            case HARDEST ->
                network + "; D. Mishkin, F. Radenović, J. Matas, Repeatability is not enough: learning affine regions "
                        + "via discriminability, ECCV 2018, arXiv:1711.06704";
        };
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public int patchSize() {
        return PATCH_SIZE;
    }

    @Override
    public double magnification() {
        return MAGNIFICATION;
    }

    @Override
    public boolean normalises() {
        return training == Training.HARDEST;
    }

    @Override
    public Value apply(Value patches, WeightScope weights, OptionValues options, Precision precision) {
        Value x = Elementwise.cast(inputNorm().apply(patches), precision.type());
        int first = training == Training.TRIPLET ? 1 : 0;
        WeightScope features = weights.scope("features");
        x = Conv2d.withBias(FIRST_CHANNELS, Conv.valid(7)).apply(x, features.scope(first));
        x = Pool.max(Activation.TANH.apply(x), POOL); // (N, 32, 13, 13)
        x = Conv2d.withBias(SECOND_CHANNELS, Conv.valid(6)).apply(x, features.scope(first + 3));
        x = Activation.TANH.apply(linear(Activation.TANH.apply(x), weights)); // (N, 128)
        return Elementwise.cast(x, DataType.FLOAT32);
    }

    /// Both published codes hand over pixels up to 255: vbalnt/tfeat `phototour.py` and `tfeat_utils.py`,
    /// ducha-aiki/affnet `examples/hesaffnet/hesaffnet.py`.
    private Standardize inputNorm() {
        return switch (training) {
            case TRIPLET -> new Standardize(Standardize.Form.INSTANCE, 1e-5f);
            case HARDEST -> new Standardize(Standardize.Form.DEVIATION, 1e-7f);
        };
    }

    /// (N, 64, 8, 8) to (N, 128).
    private Value linear(Value x, WeightScope weights) {
        return switch (training) {
            case TRIPLET -> FullyConnected.withBias(DIMENSION).apply(Layout.flatten(x), weights.scope("descr.0"));
            case HARDEST -> {
                weights.leave("SIFT"); // a descriptor to train beside, saved with the network
                yield Layout.flatten(Conv2d.withBias(DIMENSION, Conv.valid(8)).apply(x, weights.scope("classifier.1")));
            }
        };
    }
}
