package dev.fovea.patches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.imaging.fetch.FetchPolicy;
import dev.fovea.imaging.fetch.ReferenceFetcher;
import dev.fovea.imaging.patch.DescriptorMatcher;
import dev.fovea.imaging.patch.Descriptors;
import dev.fovea.imaging.patch.HomographyEstimator;
import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.imaging.patch.KeypointDetector;
import dev.fovea.imaging.patch.Match;
import dev.fovea.imaging.read.ImageReader;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.ImageSource;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Permits;
import dev.fovea.inference.StageTimings;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.Overloaded;
import dev.fovea.inference.lifecycle.ComputedModel;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.inference.lifecycle.Models;
import dev.fovea.repository.ElementType;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchDescriptionPipelineTest {
    private static final int BYTES = FakeModel.PATCH * FakeModel.PATCH;
    private static final ImageDecoder DECODER = new ImageDecoder(DecodeLimits.defaults());
    private static final ReferenceFetcher FETCHER = new ReferenceFetcher(FetchPolicy.nothing());
    private static final Deadline LATER = new Deadline(Long.MAX_VALUE / 2);
    private static final Keypoint INSIDE = new Keypoint(100, 100, 8, 0, 1);

    private final AtomicLong now = new AtomicLong();
    private final ComputedModel model = FakeModel.ofBytes();
    private final PatchDescriptionPipeline pipeline = pipeline(model);

    @AfterAll
    static void close() {
        DECODER.close();
        FETCHER.close();
    }

    @Nested
    class GivenPatches {
        @Test
        void describesThemInOrderWithUnitNorm() throws InterruptedException {
            ByteBuffer pixels = ByteBuffer.allocate(2 * BYTES);
            pixels.put(0, (byte) 3).put(1, (byte) 4).put(BYTES + 2, (byte) 200);

            DescribedPatches described = describe(pixels);

            assertThat(described.descriptors().row(0)).containsExactly(0.6f, 0.8f, 0);
            assertThat(described.descriptors().row(1)).containsExactly(0, 0, 1);
            assertThat(described.keypoints()).isEmpty();
            assertThat(described.image()).isEmpty();
            assertThat(described.model().toString()).isEqualTo("pixels@1");
            assertThat(described.timings().batchRows()).isEqualTo(2);
            assertThat(described.timings().batchNanos()).isEqualTo(1_000);
            assertThat(described.timings().inferNanos()).isEqualTo(2_000);
        }

        @Test
        void keepsWhatTheModelNormalised() throws InterruptedException {
            var unit = FakeModel.of(ElementType.FLOAT32, "l2");
            ByteBuffer pixels = ByteBuffer.allocate(BYTES).put(0, (byte) 255).put(1, (byte) 51);

            DescribedPatches described =
                    pipeline(unit).describe(new PatchRequest.OfPatches(ModelRef.DEFAULT, 4, pixels), Lane.BULK, LATER);

            // 8 bits become [0, 1] for a model of floats, and are not normalised a second time.
            assertThat(described.descriptors().row(0)).containsExactly(1, 0.2f, 0);
        }

        @Test
        void refusesAnotherPatchSize() {
            assertRefused(
                    new PatchRequest.OfPatches(ModelRef.DEFAULT, 5, ByteBuffer.allocate(25)),
                    "PATCH_SIZE_MISMATCH",
                    "5 px",
                    "4 px");
        }

        @Test
        void refusesAPatchThatIsNotFull() {
            assertRefused(
                    new PatchRequest.OfPatches(ModelRef.DEFAULT, 4, ByteBuffer.allocate(17)),
                    "PATCH_DATA_LENGTH",
                    "17 bytes",
                    "a multiple of 16 bytes");
        }

        @Test
        void refusesMoreThanTheLimit() {
            assertRefused(
                    new PatchRequest.OfPatches(ModelRef.DEFAULT, 4, ByteBuffer.allocate(41 * BYTES)),
                    "TOO_MANY_PATCHES",
                    "41",
                    "40");
        }

        @Test
        void noPatchesAreNoDescriptorsAndNoInference() throws InterruptedException {
            DescribedPatches described = describe(ByteBuffer.allocate(0));

            assertThat(described.descriptors().count()).isZero();
            assertThat(described.descriptors().dimension()).isEqualTo(FakeModel.DIMENSION);
            assertThat(model.lanes()).isEmpty();
        }
    }

    @Nested
    class GivenAnImage {
        @Test
        void describesTheGivenKeypointsInOrder() throws InterruptedException {
            var keypoints = List.of(INSIDE, new Keypoint(20.5f, 30, 6, 45, 1), INSIDE);

            DescribedPatches described = describe(new KeypointSource.Given(keypoints));

            assertThat(described.keypoints()).isEqualTo(keypoints);
            assertThat(described.descriptors().count()).isEqualTo(3);
            assertThat(described.descriptors().row(0))
                    .isEqualTo(described.descriptors().row(2));
            assertThat(described.descriptors().row(0))
                    .isNotEqualTo(described.descriptors().row(1));
            assertThat(described.image()).contains(new ImageSize(Scenes.WIDTH, Scenes.HEIGHT));
        }

        @Test
        void describesWhatTheDetectorFinds() throws InterruptedException {
            DescribedPatches described = describe(new KeypointSource.Detected(new KeypointDetector.Sift(20, 0.04)));

            assertThat(described.keypoints()).hasSize(20);
            assertThat(described.descriptors().count()).isEqualTo(20);
        }

        @Test
        void noKeypointIsNoDescriptorAndNoInference() throws InterruptedException {
            var request = new PatchRequest.OfImage(
                    ModelRef.DEFAULT,
                    content(Scenes.blankPng()),
                    new KeypointSource.Detected(new KeypointDetector.Sift(20, 0.04)));

            DescribedPatches described = pipeline.describe(request, Lane.INTERACTIVE, LATER);

            assertThat(described.keypoints()).isEmpty();
            assertThat(described.descriptors().count()).isZero();
            assertThat(described.image()).contains(new ImageSize(Scenes.WIDTH, Scenes.HEIGHT));
            assertThat(model.lanes()).isEmpty();
        }

        @Test
        void refusesMoreKeypointsThanPatchesACall() {
            assertRefused(new KeypointSource.Given(Collections.nCopies(41, INSIDE)), "TOO_MANY_PATCHES", "41", "40");
        }

        @Test
        void refusesToDetectMoreThanTheLimit() {
            assertRefused(
                    new KeypointSource.Detected(new KeypointDetector.Sift(21, 0.04)), "TOO_MANY_KEYPOINTS", "21", "20");
        }

        @Test
        void refusesAGridOfTooManyPositionsBeforeMakingThem() {
            var everyPixel = new KeypointDetector.DenseGrid(1, List.of(8f, 16f));

            assertRefused(
                    new KeypointSource.Detected(everyPixel),
                    "TOO_MANY_PATCHES",
                    String.valueOf(2 * Scenes.WIDTH * Scenes.HEIGHT),
                    "40");
        }

        @Test
        void aGridThatFitsIsDescribedWhole() throws InterruptedException {
            DescribedPatches described =
                    describe(new KeypointSource.Detected(new KeypointDetector.DenseGrid(100, List.of(8f, 16f))));

            // 5 columns, 4 rows, 2 sizes: exactly the limit.
            assertThat(described.keypoints()).hasSize(40);
        }

        @Test
        void saysWhichKeypointIsOutsideTheImage() {
            var keypoints = new KeypointSource.Given(List.of(INSIDE, new Keypoint(5_000, 10, 8, 0, 1)));

            assertThatThrownBy(() -> describe(keypoints))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("keypoint 1")
                    .hasMessageContaining("5000");
        }

        @Test
        void refusesWhatIsNoImage() {
            var request = new PatchRequest.OfImage(
                    ModelRef.DEFAULT, content(new byte[] {1, 2, 3}), new KeypointSource.Given(List.of(INSIDE)));

            assertThatThrownBy(() -> pipeline.describe(request, Lane.BULK, LATER))
                    .isInstanceOf(InvalidInput.class);
        }

        @Test
        void describesAReferencedImageWhereThatIsAllowed(@TempDir Path folder) throws Exception {
            Path file = Files.write(folder.resolve("scene.png"), Scenes.scenePng());
            var policy = new FetchPolicy(
                    Set.of("file"),
                    Set.of(),
                    Set.of(folder),
                    Set.of(),
                    FetchPolicy.nothing().limits());
            var keypoints = new KeypointSource.Given(List.of(INSIDE));

            try (var fetcher = new ReferenceFetcher(policy)) {
                DescribedPatches described = pipeline(model, fetcher, now::get)
                        .describe(
                                new PatchRequest.OfImage(
                                        ModelRef.DEFAULT, new ImageSource.Reference(file.toUri()), keypoints),
                                Lane.BULK,
                                LATER);

                assertThat(described.descriptors().row(0))
                        .isEqualTo(describe(keypoints).descriptors().row(0));
            }
        }

        @Test
        void followsNoReferenceThatIsNotAllowed() {
            var request = new PatchRequest.OfImage(
                    ModelRef.DEFAULT,
                    new ImageSource.Reference(URI.create("file:///etc/passwd")),
                    new KeypointSource.Given(List.of(INSIDE)));

            assertThatThrownBy(() -> pipeline.describe(request, Lane.BULK, LATER))
                    .isInstanceOfSatisfying(InvalidInput.class, invalid -> assertThat(invalid.code())
                            .isEqualTo("REFERENCE_NOT_ALLOWED"));
        }

        private void assertRefused(KeypointSource keypoints, String code, String value, String limit) {
            PatchDescriptionPipelineTest.this.assertRefused(
                    new PatchRequest.OfImage(ModelRef.DEFAULT, content(Scenes.scenePng()), keypoints),
                    code,
                    value,
                    limit);
        }
    }

    @Nested
    class GivenTwoSides {
        private final Descriptors axes =
                Descriptors.normalized(FloatBuffer.wrap(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}), 3);
        private final Descriptors turned =
                Descriptors.normalized(FloatBuffer.wrap(new float[] {0, 2, 0, 0, 0, 2, 2, 0, 0}), 3);

        @Test
        void matchesDescriptorsWithoutAnyModel() throws InterruptedException {
            Matches matches =
                    match(new MatchSide.Described(List.of(), axes), new MatchSide.Described(List.of(), turned));

            assertThat(matches.matches()).containsExactly(new Match(0, 2, 0), new Match(1, 0, 0), new Match(2, 1, 0));
            assertThat(matches.model()).isEmpty();
            assertThat(model.lanes()).isEmpty();
        }

        @Test
        void refusesDescriptorsOfAnotherDimension() {
            var flat = Descriptors.normalized(FloatBuffer.wrap(new float[] {1, 0}), 2);

            assertThatThrownBy(() ->
                            match(new MatchSide.Described(List.of(), axes), new MatchSide.Described(List.of(), flat)))
                    .isInstanceOfSatisfying(InvalidInput.class, invalid -> {
                        assertThat(invalid.code()).isEqualTo("DESCRIPTOR_DIMENSION_MISMATCH");
                        assertThat(invalid.value()).isEqualTo("3");
                        assertThat(invalid.limit()).isEqualTo("2");
                    });
        }

        @Test
        void aHomographyNeedsAKeypointForEachDescriptor() {
            var request = new MatchRequest(
                    ModelRef.DEFAULT,
                    new MatchSide.Described(List.of(INSIDE), axes),
                    new MatchSide.Described(List.of(), axes),
                    new DescriptorMatcher(1, true),
                    Optional.of(new HomographyEstimator(3)));

            assertThatThrownBy(() -> pipeline.match(request, Lane.BULK, LATER))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessage("the query side has 1 keypoints for 3 descriptors; a homography needs one each");
        }

        @Test
        void refusesMoreDescriptorsThanPatchesACall() {
            var many = Descriptors.normalized(FloatBuffer.allocate(41 * 3), 3);

            assertThatThrownBy(() ->
                            match(new MatchSide.Described(List.of(), many), new MatchSide.Described(List.of(), axes)))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessage("41 descriptors on the query side; the limit is 40 a call");
        }

        @Test
        void anImageIsDescribedFirst() throws InterruptedException {
            var image = new MatchSide.OfImage(content(Scenes.scenePng()), new KeypointSource.Given(List.of(INSIDE)));

            Matches matches = match(image, image);

            assertThat(matches.matches()).hasSize(1);
            assertThat(matches.matches().getFirst().distance()).isZero();
            assertThat(matches.queryKeypoints()).containsExactly(INSIDE);
            assertThat(matches.model()).isPresent();
            assertThat(matches.timings().inferNanos()).isEqualTo(4_000);
        }

        @Test
        void nothingOnOneSideIsNoMatch() throws InterruptedException {
            Matches matches = match(
                    new MatchSide.Described(List.of(), Descriptors.none(3)), new MatchSide.Described(List.of(), axes));

            assertThat(matches.matches()).isEmpty();
        }

        private Matches match(MatchSide query, MatchSide train) throws InterruptedException {
            return pipeline.match(
                    new MatchRequest(ModelRef.DEFAULT, query, train, new DescriptorMatcher(1, true), Optional.empty()),
                    Lane.INTERACTIVE,
                    LATER);
        }
    }

    @Test
    void theLaneReachesTheBatcher() throws InterruptedException {
        pipeline.describe(
                new PatchRequest.OfPatches(ModelRef.DEFAULT, 4, ByteBuffer.allocate(BYTES)), Lane.BULK, LATER);
        pipeline.describe(
                new PatchRequest.OfPatches(ModelRef.DEFAULT, 4, ByteBuffer.allocate(BYTES)), Lane.INTERACTIVE, LATER);

        assertThat(model.lanes()).containsExactly(Lane.BULK, Lane.INTERACTIVE);
    }

    @Test
    void anUnknownModelIsNamedWithThoseThatExist() {
        assertRefused(
                new PatchRequest.OfPatches(new ModelRef("hardnet", 3), 4, ByteBuffer.allocate(BYTES)),
                "MODEL_NOT_FOUND",
                "hardnet@3",
                "pixels@1");
    }

    @Test
    void whatTheBatcherRefusesReachesTheCaller() {
        var overloaded = new Overloaded("QUEUE_FULL", "full", 2, 1, Duration.ZERO);
        model.failWith(overloaded);

        assertThatThrownBy(() -> describe(ByteBuffer.allocate(BYTES))).isSameAs(overloaded);
    }

    @Test
    void aPassedDeadlineCostsNoInference() {
        now.set(10);
        var request = new PatchRequest.OfImage(
                ModelRef.DEFAULT, content(Scenes.scenePng()), new KeypointSource.Given(List.of(INSIDE)));

        assertThatThrownBy(() -> pipeline.describe(request, Lane.BULK, new Deadline(10)))
                .isInstanceOf(DeadlineExceeded.class);
        assertThat(model.lanes()).isEmpty();
    }

    @Test
    void anInterruptedCallerCostsNoInference() {
        var request = new PatchRequest.OfImage(
                ModelRef.DEFAULT, content(Scenes.scenePng()), new KeypointSource.Given(List.of(INSIDE)));

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> pipeline.describe(request, Lane.BULK, LATER)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(model.lanes()).isEmpty();
    }

    @Test
    void timesEveryStage() throws InterruptedException {
        PatchDescriptionPipeline ticking = pipeline(model, FETCHER, () -> now.addAndGet(100));

        StageTimings timings = ticking.describe(
                        new PatchRequest.OfImage(
                                ModelRef.DEFAULT,
                                content(Scenes.scenePng()),
                                new KeypointSource.Given(List.of(INSIDE))),
                        Lane.BULK,
                        LATER)
                .timings();

        // One tick a look at the clock: decode ends twice, after reading and after decoding; two looks in preprocess
        // ask whether the deadline has passed.
        assertThat(timings).isEqualTo(new StageTimings(200, 300, 1_000, 2_000, 100, 1));
    }

    private DescribedPatches describe(ByteBuffer pixels) throws InterruptedException {
        return pipeline.describe(
                new PatchRequest.OfPatches(ModelRef.DEFAULT, FakeModel.PATCH, pixels), Lane.INTERACTIVE, LATER);
    }

    private DescribedPatches describe(KeypointSource keypoints) throws InterruptedException {
        return pipeline.describe(
                new PatchRequest.OfImage(ModelRef.DEFAULT, content(Scenes.scenePng()), keypoints),
                Lane.INTERACTIVE,
                LATER);
    }

    private void assertRefused(PatchRequest request, String code, String value, String limit) {
        assertThatThrownBy(() -> pipeline.describe(request, Lane.INTERACTIVE, LATER))
                .isInstanceOfSatisfying(InvalidInput.class, invalid -> {
                    assertThat(invalid.code()).isEqualTo(code);
                    assertThat(invalid.value()).isEqualTo(value);
                    assertThat(invalid.limit()).isEqualTo(limit);
                    assertThat(invalid)
                            .hasMessageContaining(value.replace(" bytes", ""))
                            .hasMessageContaining(
                                    limit.replace("a multiple of ", "").replace(" bytes", ""));
                });
        assertThat(model.lanes()).isEmpty();
    }

    private PatchDescriptionPipeline pipeline(ComputedModel served) {
        return pipeline(served, FETCHER, now::get);
    }

    private PatchDescriptionPipeline pipeline(ComputedModel served, ReferenceFetcher fetcher, Ticker ticker) {
        Permits cores = Permits.ofCores(1, now::get);
        var images = new ImageReader(fetcher, DECODER, Permits.ofFetches(1, now::get), cores);
        return new PatchDescriptionPipeline(models(served), images, cores, new PatchLimits(40, 20), ticker);
    }

    private static Models models(ComputedModel served) {
        return new Models(() -> List.of(served), "pixels");
    }

    private static ImageSource content(byte[] file) {
        return new ImageSource.Content(ByteBuffer.wrap(file));
    }
}
