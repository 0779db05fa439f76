package dev.fovea.local.scene;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.OpenCv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.opencv.core.Mat;

/// The folder of sample images: `<scene>/view-<n>.jpg`, and beside it `<scene>/view-1-to-<n>.H` with the homography
/// from the first view. Beside that folder another with one more view of each scene, `<scene>/query.jpg`.
///
/// @param seed 0 to [#MAX_SEED]; the same seed gives the same files
public record SampleScenes(Path folder, Path queries, long seed) {

    /// Larger ones are for other images.
    public static final long MAX_SEED = Integer.MAX_VALUE;

    private static final int JPEG_QUALITY = 92;

    /// Marks a scene whose files are all written, so that a scene half done is rendered again.
    private static final String COMPLETE = ".complete-2-";

    /// @throws IllegalArgumentException if the seed is out of range
    public SampleScenes {
        if (seed < 0 || seed > MAX_SEED) {
            throw new IllegalArgumentException("seed " + seed + " is outside the range 0 to " + MAX_SEED);
        }
    }

    /// Renders what is not there yet.
    ///
    /// @param starting told of each scene that has to be rendered
    public void render(Consumer<Scene> starting) throws IOException {
        for (Scene scene : Scene.values()) {
            Path home = folder.resolve(scene.title());
            Path complete = home.resolve(COMPLETE + seed);
            if (!Files.exists(complete)) {
                starting.accept(scene);
                Files.createDirectories(home);
                Files.createDirectories(queries.resolve(scene.title()));
                render(scene, home);
                Files.createFile(complete);
            }
        }
    }

    private void render(Scene scene, Path home) throws IOException {
        OpenCv.load();
        Mat texture = scene.texture(seed);
        try {
            ViewRenderer renderer = new ViewRenderer(texture, 1, View.WIDTH);
            for (int number = 1; number <= Scene.VIEWS.size(); number++) {
                try (Image image = renderer.render(Scene.VIEWS.get(number - 1), seed + number)) {
                    Files.write(home.resolve("view-" + number + ".jpg"), image.encodeJpeg(JPEG_QUALITY));
                }
                if (number > 1) {
                    Path truth = home.resolve("view-1-to-" + number + ".H");
                    Files.writeString(truth, Scene.between(1, number).text());
                }
            }
            try (Image image = renderer.render(Scene.QUERY, seed + Scene.VIEWS.size() + 1)) {
                Files.write(queries.resolve(scene.title()).resolve("query.jpg"), image.encodeJpeg(JPEG_QUALITY));
            }
        } finally {
            texture.release();
        }
    }
}
