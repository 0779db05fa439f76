package dev.fovea.imaging.preprocess;

import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.preprocess.Crop.End;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ResizeRule;
import java.util.List;
import java.util.stream.Stream;

/// One look at an image of a given size: what is scaled, which part of it is shown, mirrored or not.
///
/// | rule | views, in order |
/// |---|---|
/// | `AS_TRAINED` | what the manifest says; its mirror image if asked for |
/// | `CENTRE_CROP` | the centre; its mirror image if asked for |
/// | `TEN_CROP` | upper left, upper right, lower left, lower right, centre; the same of the mirrored image |
///
/// Crops are cut from the image scaled to a shorter side as the manifest's own crop says, else to `8 / 7` of
/// the input's longer side, rounded (256 px for 224). The order is that of torchvision's `TenCrop`: its sixth
/// view is the upper left of the mirrored image, so the mirror image of the second. Unlike there the tenth is
/// the exact mirror image of the fifth; where the scaled image exceeds the input by an odd number,
/// torchvision's lies a pixel aside. Where the scaled image is as large as the input, crops coincide.
///
/// @param placement where pixels come to lie before they are mirrored
/// @param mirrored whether left and right of the input are swapped, padding included
/// @param image the image the view is of
/// @param input the model's
public record View(Placement placement, boolean mirrored, ImageSize image, ImageSize input) {

    /// The views of an image of this size: `rule.count(flip)` of them.
    ///
    /// @param flip whether the mirror image follows every view; a ten-crop has them anyway
    public static List<View> all(
            ImagePreprocessing preprocessing, int imageWidth, int imageHeight, ViewRule rule, boolean flip) {
        var image = new ImageSize(imageWidth, imageHeight);
        var input = new ImageSize(preprocessing.widthPx(), preprocessing.heightPx());
        Crop crop = crop(preprocessing.resize(), input);
        return switch (rule) {
            case AS_TRAINED -> single(new View(Placement.of(preprocessing, image), false, image, input), flip);
            case CENTRE_CROP -> single(of(crop, End.MIDDLE, End.MIDDLE, image), flip);
            case TEN_CROP -> ten(crop, image);
        };
    }

    private static Crop crop(ResizeRule rule, ImageSize input) {
        return switch (rule) {
            case ResizeRule.CropCentre(int shorter) -> new Crop(shorter, input);
            case ResizeRule.Stretch _, ResizeRule.Pad _ ->
                // torchvision's 256 for 224; halves rounded up
                new Crop((16 * Math.max(input.widthPx(), input.heightPx()) + 7) / 14, input);
        };
    }

    private static List<View> single(View view, boolean flip) {
        return flip ? List.of(view, view.mirror()) : List.of(view);
    }

    private static List<View> ten(Crop crop, ImageSize image) {
        View upperLeft = of(crop, End.START, End.START, image);
        View upperRight = of(crop, End.STOP, End.START, image);
        View lowerLeft = of(crop, End.START, End.STOP, image);
        View lowerRight = of(crop, End.STOP, End.STOP, image);
        View centre = of(crop, End.MIDDLE, End.MIDDLE, image);
        Stream<View> plain = Stream.of(upperLeft, upperRight, lowerLeft, lowerRight, centre);
        Stream<View> mirrored = Stream.of(upperRight, upperLeft, lowerRight, lowerLeft, centre);
        return Stream.concat(plain, mirrored.map(View::mirror)).toList();
    }

    private static View of(Crop crop, End horizontal, End vertical, ImageSize image) {
        return new View(crop.at(horizontal, vertical, image), false, image, crop.input());
    }

    private View mirror() {
        return new View(placement, !mirrored, image, input);
    }

    /// Where the input's pixels lie in the image.
    public InputFrame frame() {
        Placement.Area from = placement.from();
        Placement.Area window = placement.window();
        double scaleX = (double) from.width() / placement.scaledWidth();
        double scaleY = (double) from.height() / placement.scaledHeight();
        double left = from.x() + window.x() * scaleX - 0.5; // edges of pixels
        double top = from.y() + window.y() * scaleY - 0.5;
        var shown = new InputFrame.Shown(left, top, left + window.width() * scaleX, top + window.height() * scaleY);
        double x = left + (0.5 - placement.atX()) * scaleX;
        double y = top + (0.5 - placement.atY()) * scaleY;
        return mirrored
                ? new InputFrame(-scaleX, x + (input.widthPx() - 1) * scaleX, scaleY, y, shown)
                : new InputFrame(scaleX, x, scaleY, y, shown);
    }
}
