package dev.fovea.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Reduce;
import dev.fovea.onnx.shape.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Published MobileNets behind a front of bytes, with a head on an inner value.
class RealForeignModelTest {

    private static final int SIDE = 224;
    private static final int CHANNELS = 3;
    private static final long[] PIXELS_SHAPE = {1, SIDE, SIDE, CHANNELS};
    private static final long[] PLANES_SHAPE = {1, CHANNELS, SIDE, SIDE};

    @Test
    void aClassifierAnswersTheSameBehindAFrontOfBytes() throws Exception {
        byte[] original = file("mobilenet_v2_1.0_224_inat_bird_float.onnx");
        byte[] pixels = pixels();

        byte[] adopted = ForeignModel.read(original)
                .withFront("input", front())
                .withOnlyOutputs(List.of("logits"))
                .toBytes();

        float[] expected = ForeignRun.output(original, "logits", planes(pixels), PLANES_SHAPE);
        assertThat(ForeignRun.runPixels(adopted, pixels, PIXELS_SHAPE)).containsOnlyKeys("logits");
        assertThat(ForeignRun.runPixels(adopted, pixels, PIXELS_SHAPE).get("logits"))
                .containsExactly(expected, within(1e-3f));
    }

    @Test
    void aGeneralisedMeanIsGraftedOntoAnInnerValue() throws Exception {
        byte[] original = file("mobilenet_v1_1.0_224_embedding_extractor_float.onnx");
        byte[] pixels = pixels();
        ForeignModel model = ForeignModel.read(original).withFront("input", front());
        long[] shape = ForeignRun.shape(model.withOutput("features").toBytes(), "features");
        int channels = (int) shape[1];
        int side = (int) shape[2];

        byte[] adopted = model.withHead("features", generalisedMean(channels, side))
                .withOnlyOutputs(List.of("embedding"))
                .toBytes();

        float[] features = ForeignRun.output(original, "features", planes(pixels), PLANES_SHAPE);
        float[] expected = generalisedMean(features, channels, side * side);
        assertThat(ForeignRun.runPixels(adopted, pixels, PIXELS_SHAPE).get("embedding"))
                .containsExactly(expected, within(1e-3f));
    }

    /// uint8 (N, 224, 224, 3) to float32 (N, 3, 224, 224), -1 to 1.
    private static Graph front() {
        var front = new Graph("front");
        Value images = front.input("images", DataType.UINT8, Shape.batchOf(SIDE, SIDE, CHANNELS));
        Value planes = Elementwise.cast(Layout.transpose(images, 0, 3, 1, 2), DataType.FLOAT32);
        front.output("planes", Elementwise.scale(Elementwise.offset(planes, -128), 1 / 128f));
        return front;
    }

    private static Graph generalisedMean(int channels, int side) {
        var head = new Graph("gem");
        Value maps = head.input("maps", DataType.FLOAT32, Shape.batchOf(channels, side, side));
        Value cubes = Elementwise.pow(Elementwise.clip(maps, 1e-6f, Float.MAX_VALUE), 3);
        head.output("embedding", Elementwise.pow(Layout.flatten(Reduce.mean(cubes, 2, 3)), 1 / 3f));
        return head;
    }

    private static float[] generalisedMean(float[] features, int channels, int places) {
        float[] means = new float[channels];
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            for (int p = 0; p < places; p++) {
                sum += Math.pow(Math.max(features[c * places + p], 1e-6), 3);
            }
            means[c] = (float) Math.cbrt(sum / places);
        }
        return means;
    }

    private static byte[] pixels() {
        byte[] pixels = new byte[SIDE * SIDE * CHANNELS];
        new Random(1).nextBytes(pixels);
        return pixels;
    }

    private static float[] planes(byte[] pixels) {
        float[] planes = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            int place = i / CHANNELS;
            planes[i % CHANNELS * SIDE * SIDE + place] = (Byte.toUnsignedInt(pixels[i]) - 128) / 128f;
        }
        return planes;
    }

    private static byte[] file(String name) throws IOException {
        String configured = System.getenv("FOVEA_SHARED");
        Path folder = configured == null ? checkout().resolveSibling("shared") : Path.of(configured);
        Path file = folder.resolve("data/weights").resolve(name);
        if (!Files.exists(file)) {
            abort("skipped: " + name + " is absent (set FOVEA_SHARED to the folder that holds data/weights)");
        }
        return Files.readAllBytes(file);
    }

    private static Path checkout() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder.getParent() != null && !Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
