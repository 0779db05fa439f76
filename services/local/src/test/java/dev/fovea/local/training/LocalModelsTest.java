package dev.fovea.local.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.builder.images.ImageFolder;
import dev.fovea.builder.images.ImageModel;
import dev.fovea.builder.images.LabelledImages;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.OpenCv;
import dev.fovea.local.scene.TrainingTextures;
import dev.fovea.repository.ModelVersion;
import dev.fovea.repository.Provenance;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalModelsTest {

    /// Neither a training layout nor a sample's.
    private static final long HELD_OUT = 1L << 41;

    private static final int SIDE = 64;

    @TempDir
    private Path folder = Path.of("");

    private final List<String> said = new ArrayList<>();

    /// Measured on twice as many layouts: 94 % of 160 views; chance is 12.5 %.
    @Test
    void theDemonstrationModelSaysWhatItIsAndKnowsLayoutsItHasNotSeen() throws IOException, InterruptedException {
        Path training = folder.resolve("rendered-demo-textures");
        TrainingTextures.in(training).render(texture -> {});
        Path heldOut = folder.resolve("held-out");
        new TrainingTextures(heldOut, HELD_OUT, 2, 5).render(texture -> {});

        ModelVersion model = models("models").fit(LabelledFolder.demonstration(training));

        assertThat(model.toString()).isEqualTo("demo-textures@1");
        assertThat(provenance(model).kind()).isEqualTo(Provenance.Kind.FITTED);
        assertThat(provenance(model).source()).contains("616 images of 8 classes in rendered-demo-textures");
        assertThat(share(model, ImageFolder.labelled(heldOut))).isGreaterThanOrEqualTo(0.85);
        assertThat(String.join("\n", said)).contains("616 images fitted to, 152 held out", "top-1 9");
    }

    @Test
    void trainingTwiceGivesTheSameBytes() throws IOException, InterruptedException {
        ModelVersion first = small("first");
        ModelVersion second = small("second");

        assertThat(second.file()).isNotEqualTo(first.file());
        assertThat(Files.readAllBytes(second.file())).isEqualTo(Files.readAllBytes(first.file()));
    }

    @Test
    void aModelOfTheSameFolderIsThereAlready() throws IOException, InterruptedException {
        for (int i = 0; i < 3; i++) {
            stripes("again/flags/upright", i, 1, 0);
            stripes("again/flags/across", i, 0, 1);
        }
        LabelledFolder labels = LabelledFolder.of(folder.resolve("again/flags"));
        LocalModels models = models("again/models");

        assertThat(models.classifierOf(labels)).isEmpty();
        ModelVersion made = models.fit(labels);

        assertThat(models.classifierOf(labels)).contains(made);
        assertThat(made.name()).startsWith("flags-");
    }

    @Test
    void tooFewImagesAreSaidWithTheClass() throws IOException {
        for (String name : new String[] {"a/1.jpg", "b/1.jpg"}) {
            Files.createDirectories(folder.resolve("few").resolve(name).getParent());
            Files.write(folder.resolve("few").resolve(name), new byte[] {1});
        }
        LabelledFolder labels = LabelledFolder.of(folder.resolve("few"));

        assertThatThrownBy(() -> models("models").fit(labels))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("class a has too few images: 1 to fit to and 0 to measure on");
    }

    @Test
    void theDescriptorIsBuiltOnce() throws IOException, InterruptedException {
        ModelVersion built = models("models").descriptor();
        byte[] bytes = Files.readAllBytes(built.file());

        assertThat(models("models").descriptor()).isEqualTo(built);
        assertThat(built.name()).isEqualTo("siftnet");
        assertThat(Files.readAllBytes(built.file())).isEqualTo(bytes);
    }

    @Test
    void aStopEndsTheCommand() {
        LocalModels models = new LocalModels(folder, new FoveaCommand(new Listener(), () -> {
            throw new IllegalStateException("asked to stop");
        }));

        assertThatThrownBy(models::descriptor).hasMessage("asked to stop");
    }

    private void stripes(String place, int number, int alongX, int alongY) throws IOException {
        byte[] rgb = new byte[3 * SIDE * SIDE];
        for (int i = 0; i < rgb.length; i++) {
            int x = i / 3 % SIDE;
            int y = i / 3 / SIDE;
            rgb[i] = (byte) ((alongX * x + alongY * y) / (5 + number) % 2 * (150 + 30 * number));
        }
        OpenCv.load();
        try (Image image = Image.fromRgb(SIDE, SIDE, rgb)) {
            Path home = Files.createDirectories(folder.resolve(place));
            Files.write(home.resolve(number + ".jpg"), image.encodeJpeg(92));
        }
    }

    private static Provenance provenance(ModelVersion version) throws IOException {
        try (ImageModel model = ImageModel.open(version)) {
            return model.manifest().provenance();
        }
    }

    private ModelVersion small(String place) throws IOException, InterruptedException {
        Path training = folder.resolve(place).resolve("rendered-demo-textures");
        new TrainingTextures(training, HELD_OUT, 1, 3).render(texture -> {});
        return models(place + "/models").fit(LabelledFolder.demonstration(training));
    }

    private LocalModels models(String place) throws IOException {
        Path repository = Files.createDirectories(folder.resolve(place));
        return new LocalModels(repository, new FoveaCommand(new Listener(), () -> {}));
    }

    private final class Listener implements FoveaCommand.Narrator {

        @Override
        public void line(String text) {
            said.add(text);
        }

        @Override
        public void status(String text) {
            // Drawn on terminals only.
        }
    }

    private static double share(ModelVersion version, LabelledImages images) throws IOException, InterruptedException {
        int[] right = new int[1];
        try (ImageModel model = ImageModel.open(version)) {
            model.run(images.files(), new PrintWriter(new StringWriter()), (file, logits) -> {
                String answer = model.manifest().labels().get(best(logits));
                right[0] += answer.equals(images.names().get(images.labels().get(file))) ? 1 : 0;
            });
        }
        return (double) right[0] / images.files().size();
    }

    private static int best(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }
}
