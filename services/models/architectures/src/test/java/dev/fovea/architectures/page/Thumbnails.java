package dev.fovea.architectures.page;

import dev.fovea.architectures.trunk.ImageNet;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// What a run of S3N tells, as small pictures.
record Thumbnails(S3nRun run) {

    /// Side of the decision map.
    static final int MAP = 31;

    /// Side of the images.
    static final int IMAGE = 448;

    private static final int CLASSES = 200;

    /// Dark blue over green to yellow, evenly light: the ends and quarters of matplotlib's viridis.
    private static final List<Color> COLOURS = List.of(
            new Color(68, 1, 84),
            new Color(59, 82, 139),
            new Color(33, 145, 140),
            new Color(94, 201, 98),
            new Color(253, 231, 37));

    BufferedImage map(String output) {
        return map(output, 0);
    }

    /// A map from its smallest to its largest value.
    ///
    /// @param channel of an output that has several
    BufferedImage map(String output, int channel) {
        int from = channel * MAP * MAP;
        double low = values(output, from).min().orElseThrow();
        double high = values(output, from).max().orElseThrow();
        var image = new BufferedImage(MAP, MAP, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < MAP * MAP; i++) {
            double share = (run.at(output, from + i) - low) / (high - low);
            image.setRGB(i % MAP, i / MAP, colour(share).getRGB());
        }
        return enlarged(image);
    }

    /// An image as the trunk sees it, its normalisation undone.
    BufferedImage image(String output) {
        var image = new BufferedImage(IMAGE, IMAGE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < IMAGE * IMAGE; i++) {
            int rgb = 0;
            for (int c = 0; c < 3; c++) {
                double value = run.at(output, c * IMAGE * IMAGE + i) * ImageNet.STD.get(c) + ImageNet.MEAN.get(c);
                rgb = rgb << 8 | Math.clamp(Math.round(255 * value), 0, 255);
            }
            image.setRGB(i % IMAGE, i / IMAGE, rgb);
        }
        return image;
    }

    /// The classes of the highest scores for the whole image, best first.
    List<Integer> best(int count) {
        return IntStream.range(0, CLASSES)
                .boxed()
                .sorted((a, b) -> Float.compare(run.at("origin", b), run.at("origin", a)))
                .limit(count)
                .toList();
    }

    /// Positions of the peaks, the highest first.
    List<Integer> peaks() {
        return IntStream.range(0, MAP * MAP)
                .boxed()
                .filter(i -> run.at("peaks", i) > 0)
                .sorted((a, b) -> Float.compare(run.at("peaks", b), run.at("peaks", a)))
                .toList();
    }

    private DoubleStream values(String output, int from) {
        return IntStream.range(from, from + MAP * MAP).mapToDouble(i -> run.at(output, i));
    }

    private static Color colour(double share) {
        double place = Math.clamp(share, 0, 1) * (COLOURS.size() - 1);
        int below = (int) Math.min(place, COLOURS.size() - 2.0);
        Color from = COLOURS.get(below);
        Color to = COLOURS.get(below + 1);
        double part = place - below;
        return new Color(
                mixed(from.getRed(), to.getRed(), part),
                mixed(from.getGreen(), to.getGreen(), part),
                mixed(from.getBlue(), to.getBlue(), part));
    }

    private static int mixed(int from, int to, double part) {
        return (int) Math.round(from + part * (to - from));
    }

    /// Each value a square, so that scaling does not blur it.
    private static BufferedImage enlarged(BufferedImage map) {
        int factor = 12;
        var image = new BufferedImage(MAP * factor, MAP * factor, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
            int x = i % image.getWidth();
            int y = i / image.getWidth();
            image.setRGB(x, y, map.getRGB(x / factor, y / factor));
        }
        return image;
    }
}
