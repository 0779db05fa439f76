package dev.fovea.builder.images;

import dev.fovea.builder.numbers.Matrix;
import dev.fovea.builder.terminal.Progress;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.imaging.patch.KeypointDetector;
import dev.fovea.imaging.patch.PatchExtractor;
import dev.fovea.inference.failure.InferenceFailure;
import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.SessionException;
import dev.fovea.onnxruntime.ExecutionProvider;
import dev.fovea.onnxruntime.OnnxRuntimeLoader;
import dev.fovea.repository.ModelVersion;
import dev.fovea.repository.PatchPreprocessing;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A model of patches on the processor, fed with the patches around the keypoints of image files.
///
/// Confined to the platform thread that opened it, which closes it.
public final class PatchModel implements AutoCloseable {

    /// OpenCV's default.
    private static final double CONTRAST = 0.04;

    private final ModelSession session;
    private final BatchBuffers buffers;
    private final ImageDecoder decoder = new ImageDecoder(ImageModel.LIMITS);
    private final PatchExtractor extractor;
    private final KeypointDetector detector;
    private final int perImage;

    private PatchModel(ModelSession session, PatchPreprocessing preprocessing, int perImage) {
        this.session = session;
        this.buffers = session.newBuffers();
        this.extractor = new PatchExtractor(preprocessing);
        this.detector = new KeypointDetector.Sift(perImage, CONTRAST);
        this.perImage = perImage;
    }

    /// @param perImage keypoints of each image, the strongest, at least 1
    /// @throws IOException if the file is no model that can run here, or takes no patches
    public static PatchModel open(ModelVersion version, int perImage) throws IOException {
        var processor = new ExecutionProvider.Cpu(Runtime.getRuntime().availableProcessors(), false);
        ModelSession session;
        try {
            session = new OnnxRuntimeLoader(List.of(processor)).load(version);
        } catch (SessionException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
        if (session.manifest().preprocessing() instanceof PatchPreprocessing preprocessing) {
            return new PatchModel(session, preprocessing, perImage);
        }
        session.close();
        throw new IOException("model " + version + " takes whole images; one of patches is needed");
    }

    /// Descriptors of the patches of every file that can be read; the others are named on the error stream.
    ///
    /// @return one descriptor per row
    /// @throws IOException if no file gave a patch, or the model fails
    /// @throws InterruptedException if the thread is interrupted
    public Matrix run(List<Path> files, PrintWriter err) throws IOException, InterruptedException {
        int width = session.manifest().outputs().getFirst().itemElements();
        Matrix rows = Matrix.zeros(Math.multiplyExact(files.size(), perImage), width);
        int filled = 0;
        try (var progress = Progress.start(err, "images", files.size())) {
            for (Path file : files) {
                try (Image image = decoder.decode(ByteBuffer.wrap(Files.readAllBytes(file)))) {
                    filled = describe(image, rows, filled);
                } catch (InferenceFailure | IOException unreadable) {
                    err.println(file + ": " + unreadable.getMessage());
                }
                progress.advance();
            }
        } catch (SessionException failed) {
            throw new IOException(failed.getMessage(), failed);
        }
        if (filled == 0) {
            throw new IOException("none of " + files.size() + " files is an image with keypoints");
        }
        return rows.head(filled);
    }

    private int describe(Image image, Matrix rows, int from) throws SessionException {
        List<Keypoint> keypoints = detector.detect(image);
        int filled = from;
        int most = session.manifest().maxBatch();
        for (int i = 0; i < keypoints.size(); i += most) {
            List<Keypoint> batch = keypoints.subList(i, Math.min(keypoints.size(), i + most));
            extractor.extract(image, batch, buffers.input().slice(0, batch.size()));
            session.run(buffers, batch.size());
            for (int row = 0; row < batch.size(); row++) {
                rows.setRow(filled++, buffers.outputs().getFirst().row(row));
            }
        }
        return filled;
    }

    @Override
    public void close() {
        decoder.close();
        session.close();
    }
}
