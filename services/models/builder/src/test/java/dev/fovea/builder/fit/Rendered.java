package dev.fovea.builder.fit;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/// Small pictures of stripes, discs and squares, each at another place, size and shade.
final class Rendered {

    private static final int SIDE = 64;

    private Rendered() {}

    /// A folder with the sub-folders `disc`, `square` and `stripes`.
    static Path classes(Path folder, int perClass) throws IOException {
        for (String kind : new String[] {"disc", "square", "stripes"}) {
            Path classFolder = Files.createDirectories(folder.resolve(kind));
            for (int i = 0; i < perClass; i++) {
                write(kind, i, classFolder.resolve(kind + i + ".png"));
            }
        }
        return folder;
    }

    private static void write(String kind, int number, Path file) throws IOException {
        var random = new SplittableRandom(kind.hashCode() * 31L + number);
        var picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        try {
            pen.setColor(new Color(random.nextInt(60), random.nextInt(60), random.nextInt(60)));
            pen.fillRect(0, 0, SIDE, SIDE);
            pen.setColor(new Color(160 + random.nextInt(90), 160 + random.nextInt(90), 160 + random.nextInt(90)));
            int size = 20 + random.nextInt(20);
            int x = random.nextInt(SIDE - size);
            int y = random.nextInt(SIDE - size);
            switch (kind) {
                case "disc" -> pen.fillOval(x, y, size, size);
                case "square" -> pen.fillRect(x, y, size, size);
                default -> {
                    for (int row = number % 8; row < SIDE; row += 8) {
                        pen.fillRect(0, row, SIDE, 4);
                    }
                }
            }
        } finally {
            pen.dispose();
        }
        ImageIO.write(picture, "png", file.toFile());
    }
}
