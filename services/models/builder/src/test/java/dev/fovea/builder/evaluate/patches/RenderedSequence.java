package dev.fovea.builder.evaluate.patches;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/// A drawn plane seen from several places, with the true homographies.
final class RenderedSequence {

    private static final int WIDTH = 480;
    private static final int HEIGHT = 360;
    private static final int SHAPES = 400;

    private RenderedSequence() {}

    /// Writes image 1 and one image for each view, each drawn anew.
    static void write(Path folder, long scene, AffineTransform... views) throws IOException {
        Files.createDirectories(folder);
        draw(folder.resolve("img1.png"), scene, new AffineTransform());
        for (int i = 0; i < views.length; i++) {
            draw(folder.resolve("img" + (i + 2) + ".png"), scene, views[i]);
            Files.writeString(folder.resolve("H1to" + (i + 2) + "p"), homography(views[i]));
        }
    }

    /// Java2D's pixel centres lie at halves, ours at integers.
    private static String homography(AffineTransform view) {
        var centred = AffineTransform.getTranslateInstance(-0.5, -0.5);
        centred.concatenate(view);
        centred.translate(0.5, 0.5);
        return centred.getScaleX() + " " + centred.getShearX() + " " + centred.getTranslateX() + "\n"
                + centred.getShearY() + " " + centred.getScaleY() + " " + centred.getTranslateY() + "\n0 0 1\n";
    }

    private static void draw(Path file, long scene, AffineTransform view) throws IOException {
        var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(Color.LIGHT_GRAY);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.transform(view);
        var random = new Random(scene);
        for (int i = 0; i < SHAPES; i++) {
            graphics.setColor(new Color(random.nextInt(256), random.nextInt(256), random.nextInt(256)));
            double size = 4 + random.nextDouble() * 40;
            AffineTransform before = graphics.getTransform();
            graphics.translate(random.nextDouble() * WIDTH, random.nextDouble() * HEIGHT);
            graphics.rotate(random.nextDouble() * Math.PI);
            graphics.fill(new Ellipse2D.Double(-size / 2, -size / 5, size, size / 2.5));
            graphics.setTransform(before);
        }
        graphics.dispose();
        ImageIO.write(image, "png", file.toFile());
    }
}
