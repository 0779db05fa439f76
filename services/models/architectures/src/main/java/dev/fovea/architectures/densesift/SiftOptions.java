package dev.fovea.architectures.densesift;

import dev.fovea.architectures.Option;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.siftnet.Mask;
import dev.fovea.architectures.siftnet.SiftNet;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ImagePreprocessing.ChannelOrder;
import dev.fovea.repository.ImagePreprocessing.Interpolation;
import dev.fovea.repository.PixelNormalization;
import dev.fovea.repository.ResizeRule;
import java.util.Arrays;
import java.util.List;

/// The options that every network on dense SIFT has.
final class SiftOptions {

    static final String PATCH_SIZES = "patch_sizes";
    static final String STRIDE = "stride";
    private static final String ROOTSIFT = "rootsift";
    private static final String MASK_TYPE = "mask_type";
    private static final List<Double> NO_MEAN = List.of(0.0, 0.0, 0.0);
    private static final List<Double> NO_STD = List.of(1.0, 1.0, 1.0);

    private SiftOptions() {}

    static List<Option> of(DenseSift byDefault) {
        String sizes = String.join(
                ",", byDefault.patchSizes().stream().map(String::valueOf).toList());
        return List.of(
                new Option(PATCH_SIZES, sizes, "5 to 256, separated by commas", "sides of the patches, pixels"),
                new Option(STRIDE, String.valueOf(byDefault.stride()), "1 to 64", "from one patch to the next, pixels"),
                new Option(ROOTSIFT, "true", "true, false", "square root of L1-normalised entries"),
                new Option(
                        MASK_TYPE,
                        Mask.GAUSS.toString(),
                        Arrays.toString(Mask.values()),
                        "weight of a pixel by its place in the patch"));
    }

    /// @throws IllegalArgumentException if an option is out of range, quoting value and limit
    static DenseSift read(OptionValues options) {
        String sizes = options.text(PATCH_SIZES);
        List<Integer> patchSizes;
        try {
            patchSizes = Arrays.stream(sizes.split(",", -1))
                    .map(size -> Integer.valueOf(size.strip()))
                    .toList();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    PATCH_SIZES + " = \"" + sizes + "\" is not a list of whole numbers separated by commas", e);
        }
        SiftNet net = SiftNet.ofSize(patchSizes.getFirst())
                .withMask(options.choice(MASK_TYPE, Mask.class))
                .withRootSift(options.flag(ROOTSIFT));
        return new DenseSift(net, patchSizes, options.wholeNumber(STRIDE));
    }

    /// The whole image, whatever its proportions, pixels as they are.
    static ImagePreprocessing preprocessing(int sizePx) {
        return new ImagePreprocessing(
                sizePx,
                sizePx,
                new ResizeRule.Stretch(),
                Interpolation.AREA,
                ChannelOrder.RGB,
                new PixelNormalization(NO_MEAN, NO_STD, PixelNormalization.Place.GRAPH));
    }
}
