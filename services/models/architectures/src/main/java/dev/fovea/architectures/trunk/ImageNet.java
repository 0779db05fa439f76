package dev.fovea.architectures.trunk;

import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ImagePreprocessing.ChannelOrder;
import dev.fovea.repository.ImagePreprocessing.Interpolation;
import dev.fovea.repository.PixelNormalization;
import dev.fovea.repository.ResizeRule;
import java.util.List;

/// How images were prepared for trunks trained on ImageNet with torchvision: `(RGB / 255 - mean) / std`.
///
/// Source: torchvision, `transforms/_presets.py`, `ImageClassification`.
public final class ImageNet {

    /// Per channel, red first, of values in [0, 1].
    public static final List<Double> MEAN = List.of(0.485, 0.456, 0.406);

    /// Per channel, red first, of values in [0, 1].
    public static final List<Double> STD = List.of(0.229, 0.224, 0.225);

    private ImageNet() {}

    /// Colours as [#MEAN] and [#STD] have them, a square of the given side made by the given rule.
    public static ImagePreprocessing square(int sizePx, ResizeRule resize) {
        return new ImagePreprocessing(
                sizePx,
                sizePx,
                resize,
                Interpolation.BILINEAR,
                ChannelOrder.RGB,
                new PixelNormalization(MEAN, STD, PixelNormalization.Place.GRAPH));
    }

    /// The centre of the image, its shorter side as long as the square's.
    public static ImagePreprocessing centre(int sizePx) {
        return square(sizePx, new ResizeRule.CropCentre(sizePx));
    }
}
