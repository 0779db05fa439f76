package dev.fovea.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import dev.fovea.classification.events.EventRule;
import dev.fovea.classification.events.FineGrainedClassificationEventListener;
import dev.fovea.classification.rpc.InProcessService;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.imaging.preprocess.ImagePreprocessor;
import dev.fovea.imaging.preprocess.InputFrame;
import dev.fovea.imaging.preprocess.View;
import dev.fovea.imaging.preprocess.ViewRule;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.batching.BatchingMetrics;
import dev.fovea.inference.lifecycle.ModelConfig;
import dev.fovea.inference.lifecycle.ModelLifecycle;
import dev.fovea.inference.lifecycle.ModelState;
import dev.fovea.inference.lifecycle.StateListener;
import dev.fovea.inference.lifecycle.Surroundings;
import dev.fovea.inference.session.OutputSet;
import dev.fovea.kafka.EventEnvelope;
import dev.fovea.kafka.EventPosition;
import dev.fovea.kafka.ImageEvent;
import dev.fovea.onnxruntime.ExecutionProvider;
import dev.fovea.onnxruntime.OnnxRuntimeLoader;
import dev.fovea.proto.v1.ClassificationResult;
import dev.fovea.proto.v1.ClassifyRequest;
import dev.fovea.proto.v1.ClassifyResponse;
import dev.fovea.proto.v1.ExplanationRequest;
import dev.fovea.proto.v1.GateChoice;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.ModelRef;
import dev.fovea.proto.v1.Peak;
import dev.fovea.proto.v1.ScoredLabel;
import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.TensorSpec;
import dev.fovea.repository.WholeImageInput;
import dev.fovea.tests.service.BuiltRepository;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole service around real networks on the real ONNX Runtime and batcher: a fitted `sift-bilinear`, and an S3N
/// and a bilinear CNN of pseudo-random weights.
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealNetworksTest {
    private static final int SIDE = 96;
    private static final int CELLS = 31;
    private static final int LABELS = 10;
    private static final float PRECISE = 1e-6f;

    private final ImageDecoder decoder = new ImageDecoder(DecodeLimits.defaults());
    private final OnnxRuntimeLoader loader = new OnnxRuntimeLoader(List.of(ExecutionProvider.Cpu.withThreads(1)));
    private final List<ModelLifecycle> models = new ArrayList<>();
    private ModelRepository repository;
    private InProcessService service;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        repository = new ModelRepository(Textures.fittedRepository(folder));
        seeded(folder, "s3n", "--trunk=resnet18", "--explanations=true");
        seeded(folder, "bcnn-resnet18", "--explanations=true");
        for (String name : List.of("textures", "s3n", "bcnn-resnet18")) {
            models.add(serving(name));
        }
        service = new InProcessService(models.toArray(ModelLifecycle[]::new));
    }

    @AfterAll
    void stop() {
        service.close();
        models.forEach(ModelLifecycle::close);
        decoder.close();
    }

    @Test
    void aFittedClassifierKnowsTexturesItHasNotSeen() {
        for (String name : Textures.CLASSES) {
            for (int seed = 1_000; seed < 1_005; seed++) {
                ClassifyResponse response = classify("textures", Textures.png(name, seed));

                assertThat(response.getLabels(0).getLabel()).isEqualTo(name);
            }
        }
    }

    @Test
    void probabilitiesAreTheSoftmaxOfTheSameFilesLogits() throws Exception {
        for (String name : List.of("textures", "s3n", "bcnn-resnet18")) {
            byte[] picture = Textures.png("dots", 7);

            Function<String, float[]> alone = runAlone(name, picture);
            ClassifyResponse served = classify(name, picture);

            assertLabels(served.getLabelsList(), alone.apply("logits"));
        }
    }

    @Test
    void theBranchesOfAnS3nAreThoseOfTheFile() throws Exception {
        byte[] picture = Textures.png("squares", 8);

        Function<String, float[]> alone = runAlone("s3n", picture);
        var branches = classify("s3n", picture).getSparseSampling();

        assertLabels(branches.getOriginList(), alone.apply("origin"));
        assertLabels(branches.getDiscriminativeList(), alone.apply("discriminative"));
        assertLabels(branches.getComplementaryList(), alone.apply("complementary"));
        float[] gate = alone.apply("gate");
        assertThat(branches.getGate().getScore()).isCloseTo(gate[0], within(PRECISE));
        assertThat(branches.getGate().getChoice())
                .isEqualTo(gate[1] == 1 ? GateChoice.GATE_CHOICE_BEST_CLASS : GateChoice.GATE_CHOICE_FIVE_BEST_CLASSES);
    }

    @Test
    void anS3nShowsItsPeaksWhereTheFileHasThem() throws Exception {
        byte[] picture = Textures.png("stripes", 9);

        float[] scores = runAlone("s3n", picture).apply("peaks");
        var explanation = explain("s3n", picture).getExplanation();

        InputFrame frame = frame("s3n");
        List<Peak> peaks = explanation.getSparseSampling().getPeaksList();
        long there =
                IntStream.range(0, scores.length).filter(i -> scores[i] > 0).count();
        assertThat(peaks).hasSize((int) Math.min(32, there)).isNotEmpty();
        assertThat(peaks.getFirst().getScore()).isEqualTo(1);
        for (Peak peak : peaks) {
            assertThat(scores[cell(frame.inputY(peak.getY())) * CELLS + cell(frame.inputX(peak.getX()))])
                    .isCloseTo(peak.getScore(), within(PRECISE));
        }
        assertThat(size(explanation.getSparseSampling().getOverlay())).isEqualTo(new ImageSize(SIDE, SIDE));
        assertThat(size(explanation.getSparseSampling().getZoomed())).isEqualTo(new ImageSize(SIDE, SIDE));
    }

    @Test
    void bilinearNetworksShowWhereTheirBestClassesRespond() throws Exception {
        for (String name : List.of("textures", "bcnn-resnet18")) {
            ClassifyResponse response = explain(name, Textures.png("dots", 10));

            assertThat(response.getExplanation().getResponsesList())
                    .extracting(responses -> responses.getLabel())
                    .containsExactly(
                            response.getLabels(0).getLabel(),
                            response.getLabels(1).getLabel());
            for (var drawn : response.getExplanation().getResponsesList()) {
                assertThat(size(drawn.getOverlay())).isEqualTo(new ImageSize(SIDE, SIDE));
            }
        }
    }

    @Test
    void bothEntrancesGiveTheSameAnswer() throws InterruptedException {
        byte[] picture = Textures.png("squares", 11);
        var rule = new EventRule(ScoreRule.best(LABELS), ViewChoice.AS_TRAINED, Optional.empty());
        var listener = new FineGrainedClassificationEventListener(service.classifier(), rule, Optional::empty);
        var event = new ImageEvent(
                new EventEnvelope("photo-1", new EventPosition("fovea.images", 0, 0, 0)), Pictures.source(picture));

        ClassifyResponse called = classify("textures", picture);
        var published = (ClassificationResult) listener.onEvent(event, minute()).payload();

        assertThat(published.getLabelsList()).isEqualTo(called.getLabelsList()).hasSize(3);
        assertThat(published.getModel()).isEqualTo(called.getModels(0));
    }

    @Test
    void everyOneOfManyCallersGetsItsOwnAnswerExplainedOrNot() throws Exception {
        List<byte[]> pictures = IntStream.range(0, 24)
                .mapToObj(i -> Textures.png(Textures.CLASSES.get(i % 3), 2_000 + i))
                .toList();
        List<ClassifyResponse> alone =
                pictures.stream().map(picture -> classify("textures", picture)).toList();

        List<Future<ClassifyResponse>> together;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            together = callers.invokeAll(IntStream.range(0, pictures.size())
                    .<Callable<ClassifyResponse>>mapToObj(i -> () ->
                            i % 4 == 0 ? explain("textures", pictures.get(i)) : classify("textures", pictures.get(i)))
                    .toList());
        }

        for (int i = 0; i < pictures.size(); i++) {
            ClassifyResponse answer = together.get(i).get();
            assertThat(answer.hasExplanation()).isEqualTo(i % 4 == 0);
            assertThat(answer.getLabels(0).getLabel())
                    .isEqualTo(alone.get(i).getLabels(0).getLabel());
            assertThat(answer.getLabels(0).getProbability())
                    .isCloseTo(alone.get(i).getLabels(0).getProbability(), within(PRECISE));
        }
    }

    private ClassifyResponse classify(String model, byte[] picture) {
        return service.client().classify(request(model, picture).build());
    }

    private ClassifyResponse explain(String model, byte[] picture) {
        return service.client()
                .classify(request(model, picture)
                        .setExplanation(ExplanationRequest.newBuilder().setClasses(2))
                        .build());
    }

    private static ClassifyRequest.Builder request(String model, byte[] picture) {
        return ClassifyRequest.newBuilder()
                .addModels(ModelRef.newBuilder().setName(model))
                .setImage(ImageInput.newBuilder().setContent(ByteString.copyFrom(picture)))
                .setTopK(LABELS);
    }

    /// The outputs of the same file by name, run by itself on the same prepared image.
    private Function<String, float[]> runAlone(String name, byte[] picture) throws Exception {
        try (var session = loader.load(repository.newest(name));
                Image image = decoder.decode(ByteBuffer.wrap(picture))) {
            var buffers = session.newBuffers();
            new ImagePreprocessor(WholeImageInput.preprocessing(session.manifest())).prepare(image, buffers.input(), 0);
            session.run(buffers, 1, OutputSet.ALL);
            Map<String, float[]> outputs = new HashMap<>();
            List<TensorSpec> specs = session.manifest().outputs();
            for (int i = 0; i < specs.size(); i++) {
                outputs.put(specs.get(i).name(), buffers.outputs().get(i).row(0));
            }
            return output -> Objects.requireNonNull(outputs.get(output), output);
        }
    }

    /// Where the input lies in a picture of [#SIDE].
    private InputFrame frame(String name) {
        var manifest = models.stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow()
                .manifest();
        return View.all(WholeImageInput.preprocessing(manifest), SIDE, SIDE, ViewRule.AS_TRAINED, false)
                .getFirst()
                .frame();
    }

    /// The grid's outer cells are centred on the input's outer pixels.
    private static int cell(double inputPixel) {
        return Math.toIntExact(Math.round(inputPixel / (SIDE - 1) * (CELLS - 1)));
    }

    private static void assertLabels(List<ScoredLabel> labels, float[] logits) {
        double largest = IntStream.range(0, logits.length)
                .mapToDouble(i -> logits[i])
                .max()
                .orElseThrow();
        double sum = IntStream.range(0, logits.length)
                .mapToDouble(i -> Math.exp(logits[i] - largest))
                .sum();
        assertThat(labels).hasSize(Math.min(LABELS, logits.length));
        assertThat((double) logits[labels.getFirst().getIndex()]).isEqualTo(largest);
        for (ScoredLabel label : labels) {
            double expected = Math.exp(logits[label.getIndex()] - largest) / sum;
            assertThat((double) label.getProbability()).isCloseTo(expected, within((double) PRECISE));
        }
    }

    private ImageSize size(ByteString png) throws InterruptedException {
        try (Image image = decoder.decode(png.asReadOnlyByteBuffer())) {
            return new ImageSize(image.width(), image.height());
        }
    }

    private static void seeded(Path folder, String architecture, String... options) {
        List<String> all = new ArrayList<>(List.of(architecture));
        all.addAll(List.of("--seeded=test", "--image-size=" + SIDE, "--classes=" + LABELS, "--buckets=1,4"));
        all.addAll(List.of(options));
        BuiltRepository.in(folder, all.toArray(String[]::new));
    }

    private ModelLifecycle serving(String name) throws InterruptedException {
        var model = new ModelLifecycle(
                repository.newest(name),
                loader,
                ModelConfig.DEFAULT,
                Surroundings.system(BatchingMetrics.NONE, StateListener.NONE));
        model.start();
        assertThat(model.awaitStarted(minute())).isEqualTo(new ModelState.Serving());
        return model;
    }

    private static Deadline minute() {
        return Deadline.after(Duration.ofSeconds(60), Ticker.system());
    }
}
