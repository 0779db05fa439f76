package dev.fovea.builder.images;

import dev.fovea.builder.terminal.Progress;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.imaging.preprocess.ImagePreprocessor;
import dev.fovea.inference.failure.InferenceFailure;
import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.SessionException;
import dev.fovea.onnxruntime.ExecutionProvider;
import dev.fovea.onnxruntime.OnnxRuntimeLoader;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A model of whole images on the processor, fed with files.
///
/// Confined to the platform thread that opened it, which closes it.
public final class ImageModel implements AutoCloseable {

    /// Images in memory at once, whatever the model's largest bucket.
    private static final int MAX_BATCH = 8;

    /// A user's own photographs may be larger than what a service accepts, and nobody else waits.
    static final DecodeLimits LIMITS = new DecodeLimits(256 << 20, 200_000_000, 65_535, Duration.ofMinutes(1));

    private final ModelSession session;
    private final ImagePreprocessor preprocessor;
    private final ImageDecoder decoder;
    private final BatchBuffers buffers;
    private final int batch;

    private ImageModel(ModelSession session, ImagePreprocessing preprocessing) {
        this.session = session;
        this.preprocessor = new ImagePreprocessor(preprocessing);
        this.decoder = new ImageDecoder(LIMITS);
        this.buffers = session.newBuffers();
        this.batch = session.manifest().batchBuckets().stream()
                .mapToInt(Integer::intValue)
                .filter(bucket -> bucket <= MAX_BATCH)
                .max()
                .orElse(session.manifest().batchBuckets().getFirst());
    }

    /// @throws IOException if the file is no model that can run here, or takes no whole images
    public static ImageModel open(ModelVersion version) throws IOException {
        var processor = new ExecutionProvider.Cpu(Runtime.getRuntime().availableProcessors(), false);
        ModelSession session;
        try {
            session = new OnnxRuntimeLoader(List.of(processor)).load(version);
        } catch (SessionException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
        if (session.manifest().preprocessing() instanceof ImagePreprocessing preprocessing) {
            return new ImageModel(session, preprocessing);
        }
        session.close();
        throw new IOException("model " + version + " does " + session.manifest().task()
                + ", which takes patches; one of whole images is needed");
    }

    /// A model that is in no repository.
    ///
    /// @param onnx the file, with that manifest inside
    public static ImageModel open(ModelManifest manifest, byte[] onnx) throws IOException {
        Path file = Files.createTempFile("fovea-", ".onnx");
        file.toFile().deleteOnExit(); // for a process that is interrupted
        try {
            Files.write(file, onnx);
            return open(new ModelVersion(manifest.name(), manifest.version(), file));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    public ModelManifest manifest() {
        return session.manifest();
    }

    /// Runs every file that can be read; the others are named on the error stream, and counted.
    ///
    /// @throws IOException if no file could be read, or the model fails
    /// @throws InterruptedException if the thread is interrupted
    public void run(List<Path> files, PrintWriter err, RowSink sink) throws IOException, InterruptedException {
        int unreadable = 0;
        try (var progress = Progress.start(err, "images", files.size())) {
            List<Integer> waiting = new ArrayList<>();
            for (int file = 0; file < files.size(); file++) {
                if (prepare(files.get(file), waiting.size(), err)) {
                    waiting.add(file);
                } else {
                    unreadable++;
                }
                if (waiting.size() == batch || file == files.size() - 1) {
                    flush(waiting, sink);
                }
                progress.advance();
            }
        }
        if (unreadable == files.size()) {
            throw new IOException("none of " + files.size() + " files is an image that can be read");
        }
        if (unreadable > 0) {
            err.println(unreadable + " of " + files.size() + " files left out: they cannot be read as images");
        }
    }

    private boolean prepare(Path file, int row, PrintWriter err) throws InterruptedException {
        try (Image image = decoder.decode(ByteBuffer.wrap(Files.readAllBytes(file)))) {
            preprocessor.prepare(image, buffers.input(), row);
            return true;
        } catch (InferenceFailure | IOException unreadable) {
            err.println(file + ": " + unreadable.getMessage());
            return false;
        }
    }

    private void flush(List<Integer> waiting, RowSink sink) throws IOException {
        if (waiting.isEmpty()) {
            return;
        }
        try {
            session.run(buffers, waiting.size());
        } catch (SessionException failed) {
            throw new IOException(failed.getMessage(), failed);
        }
        for (int row = 0; row < waiting.size(); row++) {
            sink.take(waiting.get(row), buffers.outputs().getFirst().row(row));
        }
        waiting.clear();
    }

    @Override
    public void close() {
        decoder.close();
        session.close();
    }
}
