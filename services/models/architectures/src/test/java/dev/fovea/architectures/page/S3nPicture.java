package dev.fovea.architectures.page;

import ai.onnxruntime.OrtException;
import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;

/// Draws `pictures/s3n.png`: how an image flows through S3N, with what one run made of it.
///
/// Run with the picture's path as the only argument.
final class S3nPicture {

    private static final String SEED = "b";
    private static final int WIDTH = 1030;
    private static final int HEIGHT = 900;
    private static final int SIDE = 120;

    private static final int FIRST = 30;
    private static final int SECOND = 234;
    private static final int THIRD = 440;
    private static final int FOURTH = 644;

    private static final int MAP_X = 30;
    private static final int POINTS_X = 180;
    private static final int IMAGE_X = 346;
    private static final int TRUNK_X = 540;
    private static final int TRUNK_WIDTH = 86;
    private static final int TRUNK_HEIGHT = 76;
    private static final int BUFFER_X = 682;
    private static final int BUFFER_WIDTH = 96;
    private static final int MEAN_X = 822;
    private static final int MEAN_WIDTH = 52;
    private static final int JOINT_X = 886;
    private static final int SCORES_X = 900;
    private static final int SCORES_WIDTH = 120;

    private static final Color TRUNK = new Color(205, 221, 243);
    private static final Color PLAIN = new Color(236, 238, 241);
    private static final Color LEARNT = new Color(250, 228, 198);
    private static final Color ANSWER = new Color(204, 232, 204);
    private static final Color SHARED = new Color(104, 142, 200);
    private static final Color HIGHEST = new Color(226, 62, 48);
    private static final Color LOWEST = new Color(255, 255, 255);

    private final Sketch sketch = new Sketch(WIDTH, HEIGHT);
    private final BufferedImage scene;
    private final S3nRun run;
    private final Thumbnails thumbnails;

    private S3nPicture(BufferedImage scene, S3nRun run) {
        this.scene = scene;
        this.run = run;
        thumbnails = new Thumbnails(run);
    }

    public static void main(String[] arguments) throws IOException, OrtException {
        BufferedImage scene = PaintedBird.paint();
        var picture = new S3nPicture(scene, S3nRun.of(scene, SEED));
        picture.draw();
        var file = new File(arguments[0]);
        if (!ImageIO.write(picture.sketch.image(), "png", file)) {
            throw new IOException(file + " was not written: no encoder");
        }
    }

    private void draw() {
        sketch.dashed(
                SHARED,
                centre(TRUNK_X, TRUNK_WIDTH),
                FIRST + SIDE / 2.0,
                centre(TRUNK_X, TRUNK_WIDTH),
                FOURTH + SIDE / 2.0);
        legend();
        firstLook();
        decision();
        secondLook(THIRD, "zoom", "zoomed", "discriminative", "sampler_buffer");
        secondLook(FOURTH, "complement", "complement", "complementary", "sampler_buffer1");
        sketch.label("one set of weights", centre(TRUNK_X, TRUNK_WIDTH) + 56, THIRD + SIDE + 40);
        attentionArrows();
        joint();
    }

    private void legend() {
        sketch.note("S3N on ResNet-50, sampling extreme", MAP_X, FIRST + 16, true);
        sketch.note("Shapes are those of one image:", MAP_X, FIRST + 40, false);
        sketch.note("channels, then rows x columns; 200 classes.", MAP_X, FIRST + 55, false);
        sketch.note("One run on a painted image. The weights are", MAP_X, FIRST + 78, false);
        sketch.note("pseudo-random: what is chosen means nothing,", MAP_X, FIRST + 93, false);
        sketch.note("how it is sampled is what the model does.", MAP_X, FIRST + 108, false);
    }

    private void firstLook() {
        double y = FIRST + SIDE / 2.0;
        sketch.picture(scene, IMAGE_X, FIRST, SIDE);
        sketch.caption("image", "448 x 448 x 3 bytes", centre(IMAGE_X, SIDE), FIRST + SIDE + 17);
        trunk(FIRST);
        sketch.arrow(TRUNK_X + TRUNK_WIDTH, y, MEAN_X, y);
        sketch.label("2048", centre(BUFFER_X, BUFFER_WIDTH), y - 7);
        sketch.label("14 x 14", centre(BUFFER_X, BUFFER_WIDTH) + 32, y + 15);
        mean(FIRST);
        scores(FIRST, "origin", "raw_classifier");
    }

    private void decision() {
        double y = SECOND + SIDE / 2.0;
        double features = centre(BUFFER_X, BUFFER_WIDTH);
        sketch.dot(features, FIRST + SIDE / 2.0, 3, Sketch.INK);
        sketch.arrow(features, FIRST + SIDE / 2.0, features, SECOND - 4);
        sketch.label("raw_classifier", features + 46, SECOND - 48);
        sketch.label("at each position", features + 52, SECOND - 34);
        int side = SIDE - 20;
        double left = features - SIDE / 2.0;
        List<Integer> best = thumbnails.best(3);
        for (int i = 2; i >= 0; i--) {
            sketch.picture(thumbnails.map("response_maps", best.get(i)), left + 10 * i, SECOND + 20 - 10 * i, side);
        }
        sketch.caption("response maps", "200, 14 x 14", features, SECOND + SIDE + 17);
        sketch.arrow(left, y + 10, IMAGE_X + SIDE, y + 10);
        sketch.label("200, 14 x 14", (left + centre(TRUNK_X, TRUNK_WIDTH)) / 2, y + 3);
        gate();
        peaks();
    }

    private void gate() {
        double y = SECOND + SIDE / 2.0;
        sketch.box(
                IMAGE_X,
                SECOND + 24,
                SIDE,
                92,
                PLAIN,
                "entropy gate",
                "sum of p ln p of",
                "the best five > -0.2:",
                "the best class,",
                "else all five alike");
        sketch.caption("one map", "1, 14 x 14", centre(IMAGE_X, SIDE), SECOND + SIDE + 17);
        sketch.arrow(IMAGE_X, y + 10, POINTS_X + SIDE, y + 10);
        sketch.label("resize", centre(POINTS_X + SIDE, IMAGE_X - POINTS_X - SIDE), y + 3);
        sketch.picture(thumbnails.map("decision_map"), POINTS_X, SECOND, SIDE);
        sketch.caption("decision map", "1, 31 x 31, 0 to 1", centre(POINTS_X, SIDE), SECOND + SIDE + 17);
        sketch.arrow(POINTS_X, y + 10, MAP_X + SIDE, y + 10);
    }

    private void peaks() {
        sketch.picture(thumbnails.map("decision_map"), MAP_X, SECOND, SIDE);
        List<Integer> peaks = thumbnails.peaks();
        for (int i = 0; i < peaks.size(); i++) {
            double step = (double) SIDE / Thumbnails.MAP;
            double x = MAP_X + (peaks.get(i) % Thumbnails.MAP + 0.5) * step;
            double y = SECOND + (peaks.get(i) / Thumbnails.MAP + 0.5) * step;
            sketch.dot(x, y, 2.6, Sketch.INK);
            sketch.dot(x, y, 1.8, Color.WHITE);
            if (i == 0 || i == peaks.size() - 1) {
                sketch.ring(x, y, 5.5, i == 0 ? HIGHEST : LOWEST);
            }
        }
        sketch.caption("peaks", "1, 31 x 31", centre(MAP_X, SIDE), SECOND + SIDE + 17);
    }

    private void secondLook(int top, String map, String image, String scores, String buffer) {
        double y = top + SIDE / 2.0;
        sketch.picture(thumbnails.map(map + "_map"), MAP_X, top, SIDE);
        sketch.caption(map + " map", "1, 31 x 31", centre(MAP_X, SIDE), top + SIDE + 17);
        sketch.arrow(MAP_X + SIDE, y, POINTS_X, y);
        sketch.picture(points("grid_" + map), POINTS_X, top, SIDE);
        sketch.caption("sampling points", "2, 448 x 448", centre(POINTS_X, SIDE), top + SIDE + 17);
        sketch.arrow(POINTS_X + SIDE, y, IMAGE_X, y);
        sketch.picture(thumbnails.image(image), IMAGE_X, top, SIDE);
        sketch.caption(
                map.equals("zoom") ? "zoomed image" : "complementary image",
                "3, 448 x 448",
                centre(IMAGE_X, SIDE),
                top + SIDE + 17);
        trunk(top);
        buffer(top, buffer);
        mean(top);
        scores(top, scores, scores.equals("discriminative") ? "sampler_classifier" : "sampler_classifier1");
    }

    private void buffer(int top, String buffer) {
        double y = top + SIDE / 2.0;
        sketch.arrow(TRUNK_X + TRUNK_WIDTH, y, BUFFER_X, y);
        sketch.label("2048", centre(TRUNK_X + TRUNK_WIDTH, BUFFER_X - TRUNK_X - TRUNK_WIDTH), y - 7);
        sketch.label("14 x 14", centre(TRUNK_X + TRUNK_WIDTH, BUFFER_X - TRUNK_X - TRUNK_WIDTH), y + 15);
        sketch.box(
                BUFFER_X,
                y - TRUNK_HEIGHT / 2.0,
                BUFFER_WIDTH,
                TRUNK_HEIGHT,
                LEARNT,
                "buffer",
                "3 x 3, stride 2",
                "norm, ReLU");
        sketch.label(buffer, centre(BUFFER_X, BUFFER_WIDTH), y + TRUNK_HEIGHT / 2.0 + 16);
        sketch.arrow(BUFFER_X + BUFFER_WIDTH, y, MEAN_X, y);
        sketch.label("2048", centre(BUFFER_X + BUFFER_WIDTH, MEAN_X - BUFFER_X - BUFFER_WIDTH) - 2, y - 7);
        sketch.label("7 x 7", centre(BUFFER_X + BUFFER_WIDTH, MEAN_X - BUFFER_X - BUFFER_WIDTH) - 2, y + 15);
    }

    private void attentionArrows() {
        double x = centre(MAP_X, SIDE);
        sketch.arrow(x, SECOND + SIDE + 38, x, THIRD - 3);
        sketch.label("highest peak (red), a narrow Gaussian", x + 120, THIRD - 10);
        sketch.arrow(
                MAP_X,
                SECOND + SIDE / 2.0,
                14,
                SECOND + SIDE / 2.0,
                14,
                FOURTH + SIDE / 2.0,
                MAP_X,
                FOURTH + SIDE / 2.0);
        sketch.label("lowest peak (white), a wide Gaussian", x + 46, FOURTH - 12);
    }

    private void trunk(int top) {
        double y = top + SIDE / 2.0;
        sketch.arrow(IMAGE_X + SIDE, y, TRUNK_X, y);
        sketch.label("3", centre(IMAGE_X + SIDE, TRUNK_X - IMAGE_X - SIDE), y - 7);
        sketch.label("448 x 448", centre(IMAGE_X + SIDE, TRUNK_X - IMAGE_X - SIDE) - 2, y + 15);
        sketch.box(
                TRUNK_X, y - TRUNK_HEIGHT / 2.0, TRUNK_WIDTH, TRUNK_HEIGHT, TRUNK, "ResNet-50", "features", "shared");
    }

    private void mean(int top) {
        double y = top + SIDE / 2.0;
        sketch.box(MEAN_X, y - 22, MEAN_WIDTH, 44, PLAIN, "mean", "2048");
        sketch.arrow(MEAN_X + MEAN_WIDTH, y, SCORES_X, y);
        sketch.dot(JOINT_X, y, 3, Sketch.INK);
    }

    private void scores(int top, String name, String classifier) {
        double y = top + SIDE / 2.0;
        sketch.box(SCORES_X, y - 24, SCORES_WIDTH, 48, LEARNT, name, "linear, 200");
        sketch.label(classifier, centre(SCORES_X, SCORES_WIDTH), y + 42);
    }

    private void joint() {
        double y = HEIGHT - 66;
        sketch.line(new BasicStroke(1.7f), Sketch.INK, JOINT_X, FIRST + SIDE / 2.0, JOINT_X, y - 40);
        sketch.arrow(JOINT_X, y - 40, JOINT_X - 55, y - 40, JOINT_X - 55, y - 24);
        sketch.box(JOINT_X - 120, y - 24, 118, 48, PLAIN, "side by side", "3 x 2048 = 6144");
        sketch.arrow(JOINT_X - 2, y, SCORES_X, y);
        sketch.box(SCORES_X, y - 24, SCORES_WIDTH, 48, ANSWER, "logits", "linear, 200");
        sketch.label("con_classifier", centre(SCORES_X, SCORES_WIDTH), y + 42);
    }

    /// Where every 28th row and column of the new image is read, over the image.
    private BufferedImage points(String output) {
        int size = Thumbnails.IMAGE;
        var picture = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, size, size);
        g.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.45f));
        g.drawImage(scene, 0, 0, null);
        g.dispose();
        int pixels = size * size;
        for (int at = 0; at < size; at += 28) {
            for (int along = 0; along < size; along++) {
                mark(picture, run.at(output, at * size + along), run.at(output, pixels + at * size + along));
                mark(picture, run.at(output, along * size + at), run.at(output, pixels + along * size + at));
            }
        }
        return picture;
    }

    private static void mark(BufferedImage picture, double x, double y) {
        int last = picture.getWidth() - 1;
        int column = (int) Math.round((x + 1) / 2 * last);
        int row = (int) Math.round((y + 1) / 2 * last);
        for (int dy = -1; dy <= 1; dy++) {
            for (int dx = -1; dx <= 1; dx++) {
                picture.setRGB(
                        Math.clamp(column + dx, 0, last),
                        Math.clamp(row + dy, 0, last),
                        new Color(34, 64, 140).getRGB());
            }
        }
    }

    private static double centre(double from, double width) {
        return from + width / 2;
    }
}
