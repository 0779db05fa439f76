package dev.fovea.imaging.explain;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/// A PNG read by a reader that is not ours.
record Pixels(BufferedImage image) {

    static Pixels of(byte[] png) {
        try {
            return new Pixels(ImageIO.read(new ByteArrayInputStream(png)));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    int width() {
        return image.getWidth();
    }

    int height() {
        return image.getHeight();
    }

    int red(int x, int y) {
        return image.getRGB(x, y) >> 16 & 0xFF;
    }

    int green(int x, int y) {
        return image.getRGB(x, y) >> 8 & 0xFF;
    }

    int blue(int x, int y) {
        return image.getRGB(x, y) & 0xFF;
    }

    /// Sum over the channels of what differs.
    int change(Pixels other, int x, int y) {
        return Math.abs(red(x, y) - other.red(x, y))
                + Math.abs(green(x, y) - other.green(x, y))
                + Math.abs(blue(x, y) - other.blue(x, y));
    }

    byte[] toRgb() {
        byte[] rgb = new byte[width() * height() * 3];
        for (int y = 0; y < height(); y++) {
            for (int x = 0; x < width(); x++) {
                int at = 3 * (y * width() + x);
                rgb[at] = (byte) red(x, y);
                rgb[at + 1] = (byte) green(x, y);
                rgb[at + 2] = (byte) blue(x, y);
            }
        }
        return rgb;
    }
}
