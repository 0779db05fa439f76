package dev.fovea.patches;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.imaging.patch.KeypointDetector;
import dev.fovea.imaging.patch.PatchExtractor;
import dev.fovea.imaging.patch.PatchModels;
import dev.fovea.imaging.read.ImageReader;
import dev.fovea.imaging.read.OpenedImage;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Stage;
import dev.fovea.inference.StageClock;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.Ticker;
import dev.fovea.repository.ModelManifest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// The two stages before the model: decode, and preprocess (find the keypoints, cut the patches out). Any thread.
final class PatchPreparation {
    private final ImageReader images;
    private final PatchLimits limits;
    private final Ticker ticker;

    PatchPreparation(ImageReader images, PatchLimits limits, Ticker ticker) {
        this.images = images;
        this.limits = limits;
        this.ticker = ticker;
    }

    PreparedPatches prepare(
            PatchRequest request, ModelManifest manifest, Lane lane, Deadline deadline, StageClock clock)
            throws InterruptedException {
        return switch (request) {
            case PatchRequest.OfPatches patches -> ofPatches(patches, manifest, clock);
            case PatchRequest.OfImage image -> ofImage(image, manifest, lane, deadline, clock);
        };
    }

    private PreparedPatches ofPatches(PatchRequest.OfPatches request, ModelManifest manifest, StageClock clock) {
        ByteBuffer pixels = request.pixels();
        int count = PatchPixels.count(pixels.remaining(), request.sizePx(), manifest);
        limits.requirePatches("patches sent", count);
        Tensor tensor = Tensor.allocate(manifest.inputs().getFirst(), count);
        PatchPixels.copy(pixels, tensor);
        clock.ended(Stage.PREPROCESS);
        return new PreparedPatches(tensor, Optional.empty(), List.of());
    }

    private PreparedPatches ofImage(
            PatchRequest.OfImage request, ModelManifest manifest, Lane lane, Deadline deadline, StageClock clock)
            throws InterruptedException {
        limits.require(request.keypoints());
        try (OpenedImage opened = images.open(request.image(), lane, deadline, clock)) {
            Image image = opened.image();
            deadline.requireWanted(ticker, "the patches were cut out");
            List<Keypoint> keypoints = keypoints(request.keypoints(), image);
            deadline.requireWanted(ticker, "the patches were cut out");
            Tensor tensor = Tensor.allocate(manifest.inputs().getFirst(), keypoints.size());
            if (!keypoints.isEmpty()) {
                extractor(manifest).extract(image, keypoints, tensor);
            }
            clock.ended(Stage.PREPROCESS);
            return new PreparedPatches(tensor, Optional.of(opened.size()), keypoints);
        }
    }

    private List<Keypoint> keypoints(KeypointSource source, Image image) {
        return switch (source) {
            case KeypointSource.Given given -> given.keypoints();
            case KeypointSource.Detected(KeypointDetector detector) -> {
                if (detector instanceof KeypointDetector.DenseGrid grid) {
                    limits.requireGrid(grid, image.width(), image.height());
                }
                yield detector.detect(image);
            }
        };
    }

    private static PatchExtractor extractor(ModelManifest manifest) {
        return new PatchExtractor(PatchModels.preprocessing(manifest));
    }
}
