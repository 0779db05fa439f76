package dev.fovea.tests.integration.classification;

import ai.onnxruntime.OrtException;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.imaging.preprocess.ImagePreprocessor;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.SessionException;
import dev.fovea.onnxruntime.ExecutionProvider.Cpu;
import dev.fovea.onnxruntime.OnnxRuntimeLoader;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelRepository;
import dev.fovea.tests.integration.Models;
import dev.fovea.tests.support.Checkout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Another maker's classifier of 965 birds, adopted by the command line, and its own file run on what the manifest
/// makes of an image. One thread uses it; close it.
final class BirdClassifier implements AutoCloseable {

    private static final String WEIGHTS = "data/weights/mobilenet_v2_1.0_224_inat_bird_float.onnx";
    private static final String LABELS = "data/weights/inat_bird_labels.txt";
    private static final int SIDE = 224;
    private static final int CHANNELS = 3;
    /// `(p - 128) / 128`, as TensorFlow's MobileNets take a byte p.
    private static final float HALF = 128;

    private final ModelManifest manifest;
    private final RawModel raw;
    private final ImageDecoder decoder = new ImageDecoder(DecodeLimits.defaults());

    private BirdClassifier(ModelManifest manifest, RawModel raw) {
        this.manifest = manifest;
        this.raw = raw;
    }

    static Optional<Path> file() {
        return Checkout.shared(WEIGHTS);
    }

    static String absent() {
        return Checkout.absent(WEIGHTS);
    }

    /// Names of the classes in the order of the scores.
    static List<String> labels() throws IOException {
        return Files.readAllLines(Checkout.shared(LABELS).orElseThrow());
    }

    static void adopt(Path repository) {
        Models.adopt(
                repository,
                file().orElseThrow(),
                "--task=classification",
                "--labels=" + Checkout.shared(LABELS).orElseThrow(),
                "--output=logits",
                "--size=" + SIDE,
                "--preprocessing=half",
                "--name=birds");
    }

    /// Opens the file that was adopted, with the preprocessing of what came of it.
    static BirdClassifier open(Path repository) throws IOException, SessionException, OrtException {
        var loader = new OnnxRuntimeLoader(List.of(Cpu.withThreads(1)));
        try (ModelSession session = loader.load(new ModelRepository(repository).newest("birds"))) {
            return new BirdClassifier(session.manifest(), RawModel.open(file().orElseThrow()));
        }
    }

    /// What the file says of an encoded image.
    Probabilities classify(byte[] encoded) throws IOException, OrtException, InterruptedException {
        byte[] pixels = pixels(encoded);
        FloatBuffer planes = FloatBuffer.allocate(pixels.length);
        for (int i = 0; i < pixels.length; i++) {
            planes.put(i % CHANNELS * SIDE * SIDE + i / CHANNELS, ((pixels[i] & 0xFF) - HALF) / HALF);
        }
        return Probabilities.softmax(raw.run(planes, new long[] {1, CHANNELS, SIDE, SIDE}, "logits"), 1);
    }

    /// (224, 224, 3) RGB.
    private byte[] pixels(byte[] encoded) throws IOException, InterruptedException {
        Tensor item = Tensor.allocate(manifest.inputs().getFirst(), 1);
        try (Image image = decoder.decode(ByteBuffer.wrap(encoded))) {
            new ImagePreprocessor((ImagePreprocessing) manifest.preprocessing()).prepare(image, item, 0);
        }
        byte[] pixels = new byte[item.itemBytes()];
        item.bytes().get(pixels);
        return pixels;
    }

    @Override
    public void close() throws OrtException {
        raw.close();
        decoder.close();
    }
}
