package dev.fovea.builder.adopt;

import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ImagePreprocessing.ChannelOrder;
import dev.fovea.repository.ImagePreprocessing.Interpolation;
import dev.fovea.repository.PatchPreprocessing;
import dev.fovea.repository.PixelNormalization;
import dev.fovea.repository.PixelNormalization.Place;
import dev.fovea.repository.ResizeRule;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What the author of a foreign file did to an image before the network saw it; a picocli mixin.
final class InputOptions {

    private static final String CROP = "crop-centre:";
    private static final String PAD = "pad:";

    /// Order of a foreign input's dimensions.
    enum Layout {
        NCHW,
        NHWC
    }

    /// Sides in pixels.
    record Size(int heightPx, int widthPx) {

        /// @param text `224`, or width and height `320x240`
        static Size of(String text) {
            if (!text.matches("[1-9][0-9]{0,4}(x[1-9][0-9]{0,4})?")) {
                throw new IllegalArgumentException("--size " + text + " is neither a side, 224, nor 320x240");
            }
            String[] sides = text.split("x", 2);
            return new Size(Integer.parseInt(sides[sides.length - 1]), Integer.parseInt(sides[0]));
        }
    }

    @Option(
            names = "--size",
            paramLabel = "PX",
            description = "Size of the input, needed where the file leaves it open: 224, or 320x240 (width first).")
    private Optional<String> size = Optional.empty();

    @Option(
            names = {"--mean", "--preprocessing"},
            paramLabel = "M",
            description =
                    "The network sees (p / 255 - mean) / std of a byte p: imagenet, half (that is (p - 128) / 128), "
                            + "unit (p / 255), byte (p), or one or three numbers as 0.485,0.456,0.406.")
    private Optional<String> mean = Optional.empty();

    @Option(names = "--std", paramLabel = "S", description = "As --mean; may be left out where --mean is a word.")
    private Optional<String> std = Optional.empty();

    @Option(
            names = "--channels",
            paramLabel = "ORDER",
            defaultValue = "RGB",
            description = "Order of the colours: RGB or BGR. Default: ${DEFAULT-VALUE}.")
    private ChannelOrder channels = ChannelOrder.RGB;

    @Option(
            names = "--resize",
            paramLabel = "RULE",
            defaultValue = "stretch",
            description = "How a photograph gets the input's size: stretch, crop-centre:256 (shorter side to 256, then "
                    + "the centre), or pad:0 (fitted in, the rest grey 0). Default: ${DEFAULT-VALUE}.")
    private String resize = "stretch";

    @Option(
            names = "--interpolation",
            paramLabel = "HOW",
            defaultValue = "bilinear",
            description = "nearest, bilinear, bicubic or area. Default: ${DEFAULT-VALUE}.")
    private Interpolation interpolation = Interpolation.BILINEAR;

    @Option(
            names = "--magnification",
            paramLabel = "N",
            defaultValue = "12",
            description = "For patches: side of the sampled square over the keypoint's radius. "
                    + "Default: ${DEFAULT-VALUE}.")
    private double magnification = PatchPreprocessing.DEFAULT_MAGNIFICATION;

    @Option(
            names = "--layout",
            paramLabel = "ORDER",
            description = "Order of the foreign input's dimensions, NCHW or NHWC. Default: where the file says 3.")
    private Optional<Layout> layout = Optional.empty();

    @Option(
            names = "--no-uint8-front",
            description = "Leave the input as it is: float32, normalised by the service. By default bytes go in and "
                    + "the graph normalises, which is four times less to copy.")
    private boolean noFront;

    /// Reads every word once, so that a wrong one is found before the file is.
    ///
    /// @throws IllegalArgumentException quoting the option, its value and what is allowed
    void requireSensible() {
        size();
        rule();
        mean.ifPresent(PixelPreset::mean);
        std.ifPresent(PixelPreset::std);
    }

    Optional<Size> size() {
        return size.map(Size::of);
    }

    Optional<Layout> layout() {
        return layout;
    }

    boolean wantsFront() {
        return !noFront;
    }

    boolean saysPixels() {
        return mean.isPresent() || std.isPresent();
    }

    /// @throws IllegalArgumentException if --mean or --std is missing or no number
    PixelNormalization pixels(Place place) {
        if (mean.isEmpty()) {
            throw new IllegalArgumentException("--mean is missing: what does the network see of a pixel? "
                    + PixelPreset.NAMES + ", or numbers with --std");
        }
        if (std.isEmpty() && !PixelPreset.isName(mean.get())) {
            throw new IllegalArgumentException("--std is missing beside --mean " + mean.get());
        }
        return new PixelNormalization(PixelPreset.mean(mean.get()), PixelPreset.std(std.orElse(mean.get())), place);
    }

    ImagePreprocessing images(Size of, PixelNormalization pixels) {
        return new ImagePreprocessing(of.heightPx(), of.widthPx(), rule(), interpolation, channels, pixels);
    }

    PatchPreprocessing patches(int sidePx) {
        return new PatchPreprocessing(sidePx, magnification);
    }

    private ResizeRule rule() {
        if (resize.equals("stretch")) {
            return new ResizeRule.Stretch();
        }
        if (resize.startsWith(CROP)) {
            return new ResizeRule.CropCentre(number(CROP));
        }
        if (resize.startsWith(PAD)) {
            return new ResizeRule.Pad(number(PAD));
        }
        throw unacceptable();
    }

    private int number(String prefix) {
        String text = resize.substring(prefix.length());
        if (!text.matches("[0-9]{1,5}")) {
            throw unacceptable();
        }
        return Integer.parseInt(text);
    }

    private IllegalArgumentException unacceptable() {
        return new IllegalArgumentException("--resize " + resize + " is not one of stretch, crop-centre:256, pad:0");
    }

    /// Whether colours are told apart at all: patches are grey.
    static List<Double> grey(List<Double> perChannel) {
        if (perChannel.stream().distinct().count() > 1) {
            throw new IllegalArgumentException("patches are grey: one mean and one std, not " + perChannel);
        }
        return perChannel.subList(0, 1);
    }
}
