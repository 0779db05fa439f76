package dev.fovea.patches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.ServingForm;
import dev.fovea.architectures.siftnet.SiftNet;
import dev.fovea.architectures.siftnet.SiftNetArchitecture;
import dev.fovea.architectures.siftnet.SiftNetReference;
import dev.fovea.grpc.VectorsMapping;
import dev.fovea.imaging.patch.KeypointDetector;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.ImageSource;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.batching.BatchingMetrics;
import dev.fovea.inference.lifecycle.ModelConfig;
import dev.fovea.inference.lifecycle.ModelLifecycle;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.inference.lifecycle.ModelState;
import dev.fovea.inference.lifecycle.StateListener;
import dev.fovea.inference.lifecycle.Surroundings;
import dev.fovea.kafka.EventEnvelope;
import dev.fovea.kafka.EventPosition;
import dev.fovea.kafka.ImageEvent;
import dev.fovea.onnxruntime.ExecutionProvider;
import dev.fovea.onnxruntime.OnnxRuntimeLoader;
import dev.fovea.patches.events.PatchDescriptionEventListener;
import dev.fovea.patches.rpc.InProcessService;
import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.DescribeResponse;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.ImagePatches;
import dev.fovea.proto.v1.MatchRequest;
import dev.fovea.proto.v1.MatchResponse;
import dev.fovea.proto.v1.MatchSide;
import dev.fovea.proto.v1.PatchDescriptionResult;
import dev.fovea.proto.v1.PatchMatch;
import dev.fovea.proto.v1.Patches;
import dev.fovea.proto.v1.SiftDetector;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole service around the real SIFTNet on the real ONNX Runtime and batcher.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SiftNetServiceTest {
    private static final int SIZE = 32;
    private static final int BYTES = SIZE * SIZE;
    private static final SiftDetector SIFT =
            SiftDetector.newBuilder().setMaxKeypoints(250).build();

    private ModelLifecycle model;
    private InProcessService service;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        ModelVersion version = new ModelRepository(folder).place("siftnet", 1);
        var request = ModelRequest.defaults("siftnet", ElementType.UINT8)
                .withOptions(Map.of("rootsift", "true"))
                .withForm(ServingForm.DEFAULT.withBuckets(List.of(1, 16, 64)));
        Files.createDirectories(version.file().getParent());
        Files.write(version.file(), new SiftNetArchitecture().build(request).toBytes());
        model = new ModelLifecycle(
                version,
                new OnnxRuntimeLoader(List.of(ExecutionProvider.Cpu.withThreads(1))),
                ModelConfig.DEFAULT,
                Surroundings.system(BatchingMetrics.NONE, StateListener.NONE));
        model.start();
        assertThat(model.awaitStarted(Deadline.after(Duration.ofSeconds(60), Ticker.system())))
                .isEqualTo(new ModelState.Serving());
        service = new InProcessService(model);
    }

    @AfterAll
    void stop() {
        service.close();
        model.close();
    }

    @Test
    void patchesGetTheDescriptorOfTheReference() {
        byte[] pixels = pixels(1, 5);

        DescribeResponse response = service.client().describe(patches(pixels));

        assertThat(response.getDescriptors().getCount()).isEqualTo(5);
        var reference = new SiftNetReference(SiftNet.ofSize(SIZE).withRootSift(true));
        float[] actual = VectorsMapping.floats(response.getDescriptors()).array();
        for (int patch = 0; patch < 5; patch++) {
            double[] expected = reference.describe(unitPixels(pixels, patch));
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) actual[patch * expected.length + i]).isCloseTo(expected[i], within(1e-4));
            }
        }
    }

    @Test
    void bothEntrancesGiveTheSameAnswer() throws InterruptedException {
        byte[] file = Scenes.scenePng();
        var listener = new PatchDescriptionEventListener(
                service.describer(),
                ModelRef.DEFAULT,
                new KeypointDetector.Sift(250, 0.04),
                "float32",
                Optional::empty);
        var event = new ImageEvent(
                new EventEnvelope("photo-1", new EventPosition("fovea.images", 0, 0, 0)),
                new ImageSource.Content(ByteBuffer.wrap(file)));

        DescribeResponse called = service.client()
                .describe(DescribeRequest.newBuilder().setImage(image(file)).build());
        var published = (PatchDescriptionResult)
                listener.onEvent(event, Deadline.after(Duration.ofSeconds(60), Ticker.system()))
                        .payload();

        assertThat(called.getKeypointsList()).hasSize(250).isEqualTo(published.getKeypointsList());
        assertThat(called.getModel()).isEqualTo(published.getModel());
        assertThat(called.getImageWidth()).isEqualTo(published.getImageWidth());
        assertThat(VectorsMapping.floats(called.getDescriptors()).array())
                .containsExactly(
                        VectorsMapping.floats(published.getDescriptors()).array(), within(1e-6f));
    }

    @Test
    void twoViewsOfASceneMatchUnderTheirHomography() {
        var request = MatchRequest.newBuilder()
                .setQuery(MatchSide.newBuilder().setImage(image(Scenes.scenePng())))
                .setTrain(MatchSide.newBuilder().setImage(image(Scenes.secondViewPng())))
                .setRatio(0.85f)
                .setMutual(true)
                .setHomography(true);

        MatchResponse response = service.client().match(request.build());

        assertThat(response.getInliers()).isGreaterThan(40);
        assertThat(response.getMatchesList().stream().filter(PatchMatch::getInlier))
                .hasSize(response.getInliers());
        assertThat(response.getHomographyCount()).isEqualTo(9);
        double[] expected = Scenes.homography();
        for (double[] corner : new double[][] {{0, 0}, {479, 0}, {479, 359}, {0, 359}}) {
            double[] wanted = map(expected, corner);
            double[] found = map(
                    response.getHomographyList().stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray(),
                    corner);
            assertThat(Math.hypot(wanted[0] - found[0], wanted[1] - found[1])).isLessThan(3);
        }
    }

    @Test
    void everyOneOfManyCallersGetsItsOwnAnswer() throws Exception {
        List<byte[]> requests =
                IntStream.range(0, 40).mapToObj(i -> pixels(100 + i, 1 + i % 7)).toList();
        List<float[]> alone = requests.stream().map(this::describe).toList();

        List<Future<float[]>> together;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            together = callers.invokeAll(requests.stream()
                    .<Callable<float[]>>map(pixels -> () -> describe(pixels))
                    .toList());
        }

        for (int i = 0; i < requests.size(); i++) {
            assertThat(together.get(i).get()).containsExactly(alone.get(i), within(1e-6f));
        }
    }

    private float[] describe(byte[] pixels) {
        return VectorsMapping.floats(service.client().describe(patches(pixels)).getDescriptors())
                .array();
    }

    private static DescribeRequest patches(byte[] pixels) {
        return DescribeRequest.newBuilder()
                .setPatches(Patches.newBuilder().setSize(SIZE).setData(ByteString.copyFrom(pixels)))
                .build();
    }

    private static ImagePatches image(byte[] file) {
        return ImagePatches.newBuilder()
                .setImage(ImageInput.newBuilder().setContent(ByteString.copyFrom(file)))
                .setSift(SIFT)
                .build();
    }

    private static byte[] pixels(long seed, int count) {
        byte[] pixels = new byte[count * BYTES];
        new Random(seed).nextBytes(pixels);
        return pixels;
    }

    private static float[] unitPixels(byte[] pixels, int patch) {
        float[] values = new float[BYTES];
        for (int i = 0; i < BYTES; i++) {
            values[i] = Byte.toUnsignedInt(pixels[patch * BYTES + i]) / 255f;
        }
        return values;
    }

    private static double[] map(double[] h, double[] point) {
        double weight = h[6] * point[0] + h[7] * point[1] + h[8];
        return new double[] {
            (h[0] * point[0] + h[1] * point[1] + h[2]) / weight, (h[3] * point[0] + h[4] * point[1] + h[5]) / weight
        };
    }
}
