package dev.fovea.local.scene;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.OpenCv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.opencv.core.Mat;

/// A folder of small images to fit models to: `<class>/layout-<n>-view-<m>.jpg`.
///
/// @param firstSeed of the first layout; every layout has a seed of its own, the same for all classes
/// @param layouts painted for each class
/// @param views photographed of each layout, no two alike
public record TrainingTextures(Path folder, long firstSeed, int layouts, int views) {

    /// Rises when the images change, and with them the model that is fitted to them.
    public static final int RECIPE = 1;

    /// Above all seeds of sample scenes, so that no sample shows a layout that was trained on.
    static final long FIRST_SEED = SampleScenes.MAX_SEED + 1;

    private static final int WIDTH_PX = 256;
    private static final int JPEG_QUALITY = 92;

    /// A pixel of an image covers about five texels; painting every one would cost sixteen times as much.
    private static final int PITCH = 4;

    private static final String COMPLETE = ".complete-" + RECIPE;

    /// What the demonstration classifier is fitted to.
    public static TrainingTextures in(Path folder) {
        return new TrainingTextures(folder, FIRST_SEED, 8, 12);
    }

    /// What the demonstration embedder's visual words are fitted to. Twice the layouts found no better ones.
    public static TrainingTextures forWords(Path folder) {
        return new TrainingTextures(folder, FIRST_SEED, 1, 6);
    }

    /// Images of all classes.
    public int images() {
        return Texture.values().length * layouts * views;
    }

    /// Renders what is not there yet.
    ///
    /// @param starting told of each class that has to be rendered
    public void render(Consumer<Texture> starting) throws IOException {
        OpenCv.load();
        for (Texture texture : Texture.values()) {
            Path home = folder.resolve(texture.label());
            Path complete = home.resolve(COMPLETE);
            if (!Files.exists(complete)) {
                starting.accept(texture);
                Files.createDirectories(home);
                for (int layout = 1; layout <= layouts; layout++) {
                    render(texture, layout, home);
                }
                Files.createFile(complete);
            }
        }
    }

    private void render(Texture texture, int layout, Path home) throws IOException {
        long seed = firstSeed + layout - 1;
        Mat lit = texture.lit(seed, PITCH);
        try {
            ViewRenderer renderer = new ViewRenderer(lit, PITCH, WIDTH_PX);
            for (int number = 1; number <= views; number++) {
                View view = RandomView.of(seed, texture, number);
                try (Image image = renderer.render(view, seed * views + number)) {
                    Path file = home.resolve("layout-" + layout + "-view-" + number + ".jpg");
                    Files.write(file, image.encodeJpeg(JPEG_QUALITY));
                }
            }
        } finally {
            lit.release();
        }
    }
}
