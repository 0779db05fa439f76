package dev.fovea.architectures.hardnet;

import dev.fovea.architectures.Option;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.PatchNetwork;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.layers.Activation;
import dev.fovea.architectures.layers.BatchNorm2d;
import dev.fovea.architectures.layers.Conv2d;
import dev.fovea.architectures.layers.Standardize;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Conv;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import java.util.List;

/// HardNet, in its two published depths.
///
/// @param channels of the 3 x 3 convolutions; where they grow to 64 and to 128, the size halves
/// @param dimension of a descriptor before compression
/// @param compressed dimensions that the published projection keeps; 0 for none
public record HardNet(String name, String summary, String paper, List<Integer> channels, int dimension, int compressed)
        implements PatchNetwork {

    private static final int PATCH_SIZE = 32;

    /// Six standard deviations of the keypoint's blob on either side, of which OpenCV's `size` is two:
    /// kornia, `KeyNetHardNet` and `ScaleSpaceDetector`, `mr_size` 6.
    private static final double MAGNIFICATION = 12;

    /// 1e-7 of white: `input_norm` of the published code, whose pixels end at 1.
    private static final Standardize INPUT_NORM = new Standardize(Standardize.Form.DEVIATION, 255e-7f);

    /// A convolution, its batch norm and its ReLU each count in the names.
    private static final int NAMES_PER_CONVOLUTION = 3;

    public HardNet {
        channels = List.copyOf(channels);
    }

    /// Seven convolutions, 128 dimensions.
    public static HardNet hardNet() {
        return new HardNet(
                "hardnet",
                "HardNet descriptors of square grey patches",
                "A. Mishchuk, D. Mishkin, F. Radenović, J. Matas, Working hard to know your neighbor's margins: Local "
                        + "descriptor learning loss, NIPS 2017, arXiv:1705.10872",
                List.of(32, 32, 64, 64, 128, 128),
                128,
                0);
    }

    /// Eight convolutions, 512 dimensions of which 128 principal components are kept.
    public static HardNet hardNet8() {
        return new HardNet(
                "hardnet8",
                "HardNet8 descriptors of square grey patches, compressed by principal components",
                "M. Pultar, Improving the HardNet Descriptor, 2020, arXiv:2007.09699",
                List.of(32, 32, 64, 64, 128, 128, 256),
                512,
                128);
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
    public Value apply(Value patches, WeightScope weights, OptionValues options, Precision precision) {
        WeightScope features = weights.scope("features");
        Value x = Elementwise.cast(INPUT_NORM.apply(patches), precision.type());
        int index = 0;
        for (int outputs : channels) {
            int stride = outputs > 32 && outputs <= 128 && outputs > x.shape().size(1) ? 2 : 1;
            Conv conv = Conv.same(3).withStride(stride);
            x = Activation.RELU.apply(normed(x, outputs, conv, index, features));
            index += NAMES_PER_CONVOLUTION;
        }
        index++; // a dropout
        x = normed(x, dimension, Conv.valid(PATCH_SIZE / 4), index, features); // (N, D, 1, 1)
        return Elementwise.cast(Layout.flatten(x), DataType.FLOAT32);
    }

    private static Value normed(Value x, int outputs, Conv conv, int index, WeightScope features) {
        Value y = Conv2d.withoutBias(outputs, conv).apply(x, features.scope(index));
        return BatchNorm2d.PLAIN.apply(y, features.scope(index + 1));
    }
}
