package dev.fovea.local;

import dev.fovea.local.scene.SampleScenes;
import dev.fovea.local.scene.TrainingTextures;
import dev.fovea.local.training.FoveaCommand;
import dev.fovea.local.training.LabelledFolder;
import dev.fovea.local.training.LocalModels;
import dev.fovea.repository.ModelVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// What has to be there before anything is started: images and models.
///
/// One thread may call it.
final class Preparation {

    /// Skipped files named one by one before they are only counted.
    private static final int NAMED = 10;

    private final Settings settings;
    private final DataFolder data;
    private final Screen screen;
    private final StopRequest stop;

    Preparation(Settings settings, DataFolder data, Screen screen, StopRequest stop) {
        this.settings = settings;
        this.data = data;
        this.screen = screen;
        this.stop = stop;
    }

    /// What the classifier learns.
    ///
    /// @throws IOException if it is no folder of folders
    LabelledFolder labels() throws IOException {
        if (settings.labels().isEmpty()) {
            return LabelledFolder.demonstration(data.training());
        }
        try {
            return LabelledFolder.of(settings.labels().get());
        } catch (IOException unusable) {
            throw new IOException("--labels " + settings.labels().get() + ": " + unusable.getMessage(), unusable);
        }
    }

    /// What is sent.
    Sending images(LabelledFolder labels) throws IOException {
        Sending sending = sending(labels);
        screen.line("images    " + sending.images().images().size() + " in "
                + sending.folder().toAbsolutePath()
                + (isHeldOut() ? ", those that the classifier is not fitted to" : ""));
        if (settings.images().isPresent()) {
            sending.images().skipped().stream().limit(NAMED).forEach(line -> screen.line("skipped   " + line));
            int unnamed = sending.images().skipped().size() - NAMED;
            if (unnamed > 0) {
                screen.line("skipped   " + unnamed + " more files");
            }
        }
        return sending;
    }

    private boolean isHeldOut() {
        return settings.images().isEmpty() && settings.labels().isPresent();
    }

    private Sending sending(LabelledFolder labels) throws IOException {
        Optional<Path> images = settings.images();
        if (images.isPresent()) {
            return given(images.get());
        }
        if (isHeldOut()) {
            return Sending.heldOut(labels);
        }
        SampleScenes scenes = new SampleScenes(data.samples(), data.queries(), settings.seed());
        scenes.render(scene -> {
            stop.check();
            screen.line("samples   rendering " + scene.title());
        });
        return Sending.samples(scenes);
    }

    private static Sending given(Path images) throws IOException {
        try {
            return Sending.of(images);
        } catch (IOException unusable) {
            throw new IOException("--images " + unusable.getMessage(), unusable);
        }
    }

    /// What is searched for once the images are indexed.
    Queries queries(Sending sending) throws IOException, InterruptedException {
        QueryImages queries = new QueryImages(data.queries());
        boolean isRendered = settings.images().isEmpty() && settings.labels().isEmpty();
        return isRendered ? queries.rendered() : queries.crops(sending.images().images());
    }

    LocalModels models() {
        return new LocalModels(data.models(), new FoveaCommand(narrator(), stop::check));
    }

    ModelVersion descriptor(LocalModels models) throws IOException, InterruptedException {
        ModelVersion model = models.descriptor();
        screen.line("model     " + model + " in " + data.models());
        return model;
    }

    /// Made unless it is there already.
    ModelVersion embedder(LocalModels models) throws IOException, InterruptedException {
        Optional<ModelVersion> there = models.embedder();
        if (there.isEmpty()) {
            screen.line("training  fitting sift-vlad to " + data.words());
            TrainingTextures.forWords(data.words()).render(texture -> stop.check());
        }
        ModelVersion model = there.isPresent() ? there.get() : models.fitEmbedder(data.words());
        screen.endProgress();
        screen.line("model     " + model + " finds images again; of rendered textures, so a demonstration too");
        return model;
    }

    /// Made unless it is there already.
    ModelVersion classifier(LocalModels models, LabelledFolder labels) throws IOException, InterruptedException {
        boolean demonstration = settings.labels().isEmpty();
        Optional<ModelVersion> there = models.classifierOf(labels);
        if (there.isEmpty() && demonstration) {
            TrainingTextures.in(labels.folder()).render(texture -> {
                stop.check();
                screen.line("training  rendering " + texture.label());
            });
        }
        if (there.isEmpty()) {
            screen.line("training  fitting sift-bilinear to " + labels.folder());
        }
        ModelVersion model = there.isPresent() ? there.get() : models.fit(labels);
        screen.endProgress();
        String what = demonstration
                ? " knows rendered textures only: a demonstration, not a product; --labels teaches your classes"
                : " made of " + labels.folder();
        screen.line("model     " + model + what);
        return model;
    }

    private FoveaCommand.Narrator narrator() {
        return new FoveaCommand.Narrator() {
            @Override
            public void line(String text) {
                screen.endProgress();
                screen.line("          " + text);
            }

            @Override
            public void status(String text) {
                screen.status("          " + text);
            }
        };
    }
}
