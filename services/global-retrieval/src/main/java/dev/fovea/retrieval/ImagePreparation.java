package dev.fovea.retrieval;

import dev.fovea.imaging.preprocess.ImagePreprocessor;
import dev.fovea.imaging.read.ImageReader;
import dev.fovea.imaging.read.OpenedImage;
import dev.fovea.inference.ImageSource;
import dev.fovea.inference.Stage;
import dev.fovea.inference.Tensor;
import dev.fovea.repository.ModelManifest;

/// The two stages before the models: decode, and preprocess. Everything that needs the pixels is made of one decoded
/// image, which is closed when this returns. Any thread.
record ImagePreparation(ImageReader images) {
    private static final String GOAL = "the image was prepared";

    PreparedImage prepare(ImageSource source, ModelManifest embedder, InFlight flight) throws InterruptedException {
        try (OpenedImage opened = images.open(source, flight.lane(), flight.deadline(), flight.clock())) {
            flight.requireWanted(GOAL);
            Tensor input = Tensor.allocate(embedder.inputs().getFirst(), 1);
            new ImagePreprocessor(EmbeddingModels.preprocessing(embedder)).prepare(opened.image(), input, 0);
            flight.clock().ended(Stage.PREPROCESS);
            return new PreparedImage(opened.size(), input);
        }
    }
}
