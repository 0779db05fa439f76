package dev.fovea.retrieval;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.OpenCv;
import java.util.Random;

/// Places that a test renders: rectangles at random, another place for each seed, seen from two points.
public final class Scenes {
    public static final int WIDTH = 320;
    public static final int HEIGHT = 240;

    private static final int RECTANGLES = 150;

    private Scenes() {}

    /// A view of a place as PNG.
    ///
    /// @param shift pixels that the camera has moved to the right and down
    public static byte[] png(long place, int shift) {
        OpenCv.load();
        var random = new Random(place);
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        for (int i = 0; i < RECTANGLES; i++) {
            int left = random.nextInt(WIDTH) - shift;
            int top = random.nextInt(HEIGHT) - shift;
            int width = 4 + random.nextInt(40);
            int height = 4 + random.nextInt(40);
            byte[] colour = new byte[3];
            random.nextBytes(colour);
            for (int y = Math.max(0, top); y < Math.min(HEIGHT, top + height); y++) {
                for (int x = Math.max(0, left); x < Math.min(WIDTH, left + width); x++) {
                    System.arraycopy(colour, 0, rgb, 3 * (y * WIDTH + x), 3);
                }
            }
        }
        try (Image image = Image.fromRgb(WIDTH, HEIGHT, rgb)) {
            return image.encodePng();
        }
    }
}
