package dev.fovea.imaging.preprocess;

/// Where the pixels of a model's input lie in the image it was made from.
///
/// `xImage = xInput * scaleX + offsetX`, and so for y; pixels, centres at integers, so that the image's left
/// edge is at -0.5. `scaleX` is negative where the view is mirrored. What the input shows is the rectangle
/// from (`left`, `top`) to (`right`, `bottom`) of the image; other pixels of the input are padding.
///
/// @param scaleX image pixels an input pixel covers, not 0
/// @param offsetX the image's x at the centre of the input's first column
/// @param scaleY image pixels an input pixel covers, positive
/// @param offsetY the image's y at the centre of the input's first row
/// @param shown the part of the image that the input shows
public record InputFrame(double scaleX, double offsetX, double scaleY, double offsetY, Shown shown) {

    /// A rectangle between edges of pixels of the image: a whole image of `w` x `h` px is -0.5, -0.5 to `w` -
    /// 0.5, `h` - 0.5.
    public record Shown(double left, double top, double right, double bottom) {

        /// Whether the point lies in the rectangle or on its border.
        public boolean contains(double x, double y) {
            return x >= left && x <= right && y >= top && y <= bottom;
        }
    }

    public double imageX(double inputX) {
        return inputX * scaleX + offsetX;
    }

    public double imageY(double inputY) {
        return inputY * scaleY + offsetY;
    }

    public double inputX(double imageX) {
        return (imageX - offsetX) / scaleX;
    }

    public double inputY(double imageY) {
        return (imageY - offsetY) / scaleY;
    }
}
