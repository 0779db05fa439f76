package dev.fovea.local;

import dev.fovea.local.scene.SampleScenes;
import dev.fovea.local.scene.Scene;
import dev.fovea.local.training.LabelledFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The images that are sent, and what is known of them.
record Sending(Path folder, ImageFolder images, Truths truths) {

    /// The user's own images.
    ///
    /// @throws IOException if the folder holds none
    static Sending of(Path folder) throws IOException {
        ImageFolder images = ImageFolder.scan(folder);
        if (images.images().isEmpty()) {
            throw new IOException(
                    folder + " holds no images, but " + images.skipped().size() + " other files");
        }
        return new Sending(folder, images, Truths.NONE);
    }

    /// What the classifier is not fitted to, so that its answers are honest.
    ///
    /// @throws IOException if none of it is an image
    static Sending heldOut(LabelledFolder labels) throws IOException {
        Map<String, String> classes = labels.heldOut();
        ImageFolder all = ImageFolder.scan(labels.folder());
        List<ImageFile> images = all.images().stream()
                .filter(image -> classes.containsKey(image.key()))
                .toList();
        if (images.isEmpty()) {
            throw new IOException("--labels " + labels.folder() + " leaves no images to send: of those that are held "
                    + "out of training, none is an image by its name");
        }
        return new Sending(
                labels.folder(), new ImageFolder(images, List.of()), new Truths(classes, "as their folders say"));
    }

    /// Scenes that were rendered by the program.
    static Sending samples(SampleScenes scenes) throws IOException {
        ImageFolder images = ImageFolder.scan(scenes.folder());
        Map<String, String> labels = new HashMap<>();
        for (Scene scene : Scene.values()) {
            labels.put(scene.title(), scene.shown().label());
        }
        Map<String, String> truths = new HashMap<>();
        for (ImageFile image : images.images()) {
            String label = labels.get(image.series());
            if (label != null) {
                truths.put(image.key(), label);
            }
        }
        return new Sending(scenes.folder(), images, new Truths(truths, "as rendered"));
    }
}
