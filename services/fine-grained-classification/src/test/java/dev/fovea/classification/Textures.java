package dev.fovea.classification;

import dev.fovea.builder.FoveaProgram;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.OpenCv;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/// Three textures that a test renders, and a classifier fitted to them as a user fits one to a folder per class.
public final class Textures {
    public static final int SIDE = 96;
    public static final List<String> CLASSES = List.of("dots", "squares", "stripes");

    private static final int IMAGES_A_CLASS = 14;

    private Textures() {}

    /// `sift-bilinear`, named `textures`.
    ///
    /// @return the repository's root, under `folder`
    public static Path fittedRepository(Path folder) throws IOException {
        Path images = folder.resolve("textures");
        for (String name : CLASSES) {
            Path ofClass = Files.createDirectories(images.resolve(name));
            for (int i = 0; i < IMAGES_A_CLASS; i++) {
                Files.write(ofClass.resolve(i + ".png"), png(name, i));
            }
        }
        Path root = folder.resolve("models");
        fovea(
                "fit",
                "head",
                "sift-bilinear",
                "--option",
                "image_size=" + SIDE,
                "--name",
                "textures",
                "--buckets",
                "1,4",
                "--images",
                images.toString(),
                "--repository",
                root.toString());
        return root;
    }

    private static void fovea(String... arguments) {
        var err = new StringWriter();
        int status = new FoveaProgram(new PrintWriter(new StringWriter()), new PrintWriter(err, true)).run(arguments);
        if (status != 0) {
            throw new AssertionError("fovea " + List.of(arguments) + " ended with status " + status + ": " + err);
        }
    }

    /// A picture of a class, another for each seed: place, scale, contrast and noise vary.
    public static byte[] png(String name, long seed) {
        OpenCv.load();
        var random = new Random(seed * 31 + name.hashCode());
        double period = 12 + random.nextInt(8);
        double left = random.nextDouble(period);
        double top = random.nextDouble(period);
        double contrast = 60 + random.nextInt(60);
        byte[] pixels = new byte[3 * SIDE * SIDE];
        for (int i = 0; i < SIDE * SIDE; i++) {
            int row = i / SIDE;
            double x = ((i % SIDE + left) / period) % 1 - 0.5;
            double y = ((row + top) / period) % 1 - 0.5;
            double value = 128 + (inside(name, x, y) ? contrast : -contrast) + 6 * random.nextGaussian();
            for (int channel = 0; channel < 3; channel++) {
                pixels[3 * i + channel] = (byte) Math.clamp(Math.round(value), 0, 255);
            }
        }
        Mat picture = new Mat(SIDE, SIDE, CvType.CV_8UC3);
        picture.put(0, 0, pixels);
        try (Image image = Image.owning(picture)) {
            return image.encodePng();
        }
    }

    private static boolean inside(String name, double x, double y) {
        return switch (name) {
            case "dots" -> x * x + y * y < 0.1;
            case "squares" -> x * y > 0;
            case "stripes" -> x > 0;
            default -> throw new IllegalArgumentException(name);
        };
    }
}
