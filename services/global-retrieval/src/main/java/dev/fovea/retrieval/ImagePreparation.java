package dev.fovea.retrieval;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.preprocess.ImagePreprocessor;
import dev.fovea.imaging.read.ImageReader;
import dev.fovea.imaging.read.OpenedImage;
import dev.fovea.inference.ImageSource;
import dev.fovea.inference.Stage;
import dev.fovea.inference.Tensor;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.WholeImageInput;
import dev.fovea.retrieval.rerank.LocalFeatureExtractor;
import dev.fovea.retrieval.rerank.Thumbnail;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The two stages before the models: decode, and preprocess. Everything that needs the pixels is made of one decoded
/// image, which is closed when this returns. Any thread.
record ImagePreparation(ImageReader images) {
    private static final String GOAL = "the image was prepared";

    PreparedImage prepare(ImageSource source, ModelManifest embedder, Keeping keeping, InFlight flight)
            throws InterruptedException {
        try (OpenedImage opened = images.open(source, flight.lane(), flight.deadline(), flight.clock())) {
            flight.requireWanted(GOAL);
            Tensor input = Tensor.allocate(embedder.inputs().getFirst(), 1);
            new ImagePreprocessor(WholeImageInput.preprocessing(embedder)).prepare(opened.image(), input, 0);
            flight.requireWanted(GOAL);
            Optional<LocalFeatureExtractor.Prepared> local =
                    keeping.extractor().map(extractor -> extractor.prepare(opened.image(), keeping.keypoints()));
            ByteBuffer thumbnail = thumbnail(opened.image(), keeping.thumbnailSidePx());
            flight.clock().ended(Stage.PREPROCESS);
            return new PreparedImage(opened.size(), input, local, thumbnail);
        }
    }

    private static ByteBuffer thumbnail(Image image, int sidePx) {
        return sidePx == 0 ? ByteBuffer.allocate(0) : Thumbnail.of(image, sidePx);
    }
}
