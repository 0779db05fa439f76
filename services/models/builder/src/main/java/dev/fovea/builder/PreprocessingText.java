package dev.fovea.builder;

import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.PatchPreprocessing;
import dev.fovea.repository.PixelNormalization;
import dev.fovea.repository.PreprocessingSpec;
import dev.fovea.repository.ResizeRule;
import java.util.Locale;

/// What a service does to an image before a model sees it, in words.
final class PreprocessingText {

    private PreprocessingText() {}

    static String of(PreprocessingSpec spec) {
        return switch (spec) {
            case PatchPreprocessing patch ->
                "grey patches of %d x %d pixels, %s keypoint radii wide"
                        .formatted(patch.patchSize(), patch.patchSize(), patch.magnification());
            case ImagePreprocessing image -> of(image);
        };
    }

    private static String of(ImagePreprocessing image) {
        String resize =
                switch (image.resize()) {
                    case ResizeRule.Stretch _ -> "stretched";
                    case ResizeRule.CropCentre crop -> "shorter side to " + crop.shorterSidePx() + ", centre cut out";
                    case ResizeRule.Pad pad -> "fitted in, the rest grey " + pad.grey();
                };
        PixelNormalization pixels = image.normalization();
        return "%s of %d x %d pixels, %s (%s), (value / 255 - %s) / %s %s"
                .formatted(
                        image.channels(),
                        image.widthPx(),
                        image.heightPx(),
                        resize,
                        image.interpolation().name().toLowerCase(Locale.ROOT),
                        pixels.mean(),
                        pixels.std(),
                        switch (pixels.place()) {
                            case GRAPH -> "in the graph";
                            case SERVICE -> "by the service";
                        });
    }
}
