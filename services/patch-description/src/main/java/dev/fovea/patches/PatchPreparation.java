package dev.fovea.patches;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.imaging.patch.KeypointDetector;
import dev.fovea.imaging.patch.PatchExtractor;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Stage;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.repository.ModelManifest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// The two stages before the model: decode, and preprocess (find the keypoints, cut the patches out). Any thread.
final class PatchPreparation {
    private final ImageReader images;
    private final Permits cpu;
    private final PatchLimits limits;
    private final Ticker ticker;

    PatchPreparation(ImageReader images, Permits cpu, PatchLimits limits, Ticker ticker) {
        this.images = images;
        this.cpu = cpu;
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
        try (Decoded decoded = decode(request.image(), lane, deadline, clock)) {
            Image image = decoded.image();
            requireWanted(deadline);
            List<Keypoint> keypoints = keypoints(request.keypoints(), image);
            requireWanted(deadline);
            Tensor tensor = Tensor.allocate(manifest.inputs().getFirst(), keypoints.size());
            if (!keypoints.isEmpty()) {
                extractor(manifest).extract(image, keypoints, tensor);
            }
            clock.ended(Stage.PREPROCESS);
            return new PreparedPatches(tensor, Optional.of(new ImageSize(image.width(), image.height())), keypoints);
        }
    }

    private Decoded decode(ImageSource source, Lane lane, Deadline deadline, StageClock clock)
            throws InterruptedException {
        try (var _ = images.room(source, lane, deadline)) {
            clock.waited();
            ByteBuffer encoded = images.read(source);
            clock.ended(Stage.DECODE); // fetching a referenced image is a part of it
            Permits.Permit core = cpu.acquire(lane, deadline);
            clock.waited();
            try {
                var decoded = new Decoded(images.decode(encoded), core);
                clock.ended(Stage.DECODE);
                return decoded;
            } catch (InterruptedException | RuntimeException | Error undecodable) {
                core.close();
                throw undecodable;
            }
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

    /// An image and the core that works on it.
    private record Decoded(Image image, Permits.Permit core) implements AutoCloseable {
        @Override
        public void close() {
            try (core) {
                image.close();
            }
        }
    }

    /// The native stages cannot be interrupted; between them is the chance to stop.
    private void requireWanted(Deadline deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("nobody waits for this request any more");
        }
        if (deadline.hasPassed(ticker)) {
            throw new DeadlineExceeded("the deadline passed before the patches were cut out");
        }
    }
}
