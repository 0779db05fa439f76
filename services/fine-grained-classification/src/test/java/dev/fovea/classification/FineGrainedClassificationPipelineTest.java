package dev.fovea.classification;

import static dev.fovea.classification.Manifests.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.imaging.fetch.FetchPolicy;
import dev.fovea.imaging.fetch.ReferenceFetcher;
import dev.fovea.imaging.preprocess.ViewRule;
import dev.fovea.imaging.read.ImageReader;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.ImageSource;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Permits;
import dev.fovea.inference.StageTimings;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.inference.failure.Overloaded;
import dev.fovea.inference.lifecycle.ComputedModel;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.inference.lifecycle.Models;
import dev.fovea.inference.lifecycle.ServingModel;
import dev.fovea.inference.session.OutputSet;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FineGrainedClassificationPipelineTest {
    private static final ImageDecoder DECODER = new ImageDecoder(DecodeLimits.defaults());
    private static final ReferenceFetcher FETCHER = new ReferenceFetcher(FetchPolicy.nothing());
    private static final Deadline LATER = new Deadline(Long.MAX_VALUE / 2);
    private static final long ENSEMBLE_BYTES = 4 << 10;
    private static final float PRECISE = 1e-6f;

    private final AtomicLong now = new AtomicLong();
    private final ComputedModel model = FakeClassifier.ofColours("colours");
    private final Permits explanations = explanations();
    private final EnsembleMemory ensembles = new EnsembleMemory(ENSEMBLE_BYTES);

    @AfterAll
    static void close() {
        DECODER.close();
        FETCHER.close();
    }

    @Test
    void theBestLabelsComeFirstWithTheirProbabilities() throws InterruptedException {
        Classification answer = classify(request(), model);

        // softmax (5, 0, 0)
        double e5 = Math.exp(5);
        assertThat(answer.labels()).extracting(ScoredLabel::label).containsExactly("red", "green", "blue");
        assertThat(answer.labels().get(0).probability()).isCloseTo((float) (e5 / (e5 + 2)), within(PRECISE));
        assertThat(answer.labels().get(1).probability()).isCloseTo((float) (1 / (e5 + 2)), within(PRECISE));
        assertThat(answer.image()).isEqualTo(new ImageSize(Pictures.WIDTH, Pictures.HEIGHT));
        assertThat(answer.models()).singleElement().hasToString("colours@1");
        assertThat(answer.sparseSampling()).isEmpty();
        assertThat(answer.explanation()).isEmpty();
        assertThat(model.asked()).containsExactly(OutputSet.ANSWERS);
    }

    @Test
    void aModelWithoutLabelsNamesClassesByTheirIndex() throws InterruptedException {
        var unnamed = FakeClassifier.of(
                Manifests.colours("colours").withLabels().manifest(), (item, _) -> FakeClassifier.colour(item));

        assertThat(classify(request(), unnamed).labels())
                .extracting(ScoredLabel::label)
                .containsExactly("0", "1", "2");
    }

    @Test
    void probabilitiesOfAModelAreTakenAsTheyAre() throws InterruptedException {
        var sure = FakeClassifier.of(
                Manifests.colours("colours")
                        .withParameters(Map.of("scores", "probabilities"))
                        .manifest(),
                (_, _) -> new float[] {0.125f, 0.625f, 0.25f});

        assertThat(classify(request(), sure).labels())
                .containsExactly(
                        new ScoredLabel(1, "green", 0.625f),
                        new ScoredLabel(2, "blue", 0.25f),
                        new ScoredLabel(0, "red", 0.125f));
    }

    @Test
    void scoresThatAreNotFiniteAreTheModelsFault() {
        var broken = FakeClassifier.of(
                Manifests.colours("colours").manifest(), (_, _) -> new float[] {1, Float.NaN, Float.POSITIVE_INFINITY});

        assertThatThrownBy(() -> classify(request(), broken))
                .isInstanceOf(ModelFailed.class)
                .hasMessage("model colours@1 gave no usable answer: logits[1] is NaN");
    }

    @Test
    void probabilitiesThatAreNoneAreTheModelsFault() {
        var broken = FakeClassifier.of(
                Manifests.colours("colours")
                        .withParameters(Map.of("scores", "probabilities"))
                        .manifest(),
                (_, _) -> new float[] {0, 0, 0});

        assertThatThrownBy(() -> classify(request(), broken))
                .isInstanceOf(ModelFailed.class)
                .hasMessageContaining("the probabilities of all 3 classes are 0");
    }

    @Nested
    class WithSeveralViews {
        @Test
        void theProbabilitiesOfAnImageAndItsMirrorImageAreAveraged() throws InterruptedException {
            Classification answer = classify(with(new ViewChoice(ViewRule.AS_TRAINED, true)), model);

            // The upper left pixel is red, mirrored it is blue.
            double e5 = Math.exp(5);
            float half = (float) ((e5 / (e5 + 2) + 1 / (e5 + 2)) / 2);
            assertThat(answer.labels()).extracting(ScoredLabel::label).containsExactly("red", "blue", "green");
            assertThat(answer.labels().get(0).probability()).isCloseTo(half, within(PRECISE));
            assertThat(answer.labels().get(1).probability()).isCloseTo(half, within(PRECISE));
            assertThat(answer.labels().get(2).probability()).isCloseTo((float) (1 / (e5 + 2)), within(PRECISE));
        }

        @Test
        void allRideInOneEntry() throws InterruptedException {
            assertThat(rows(new ViewChoice(ViewRule.CENTRE_CROP, false))).isEqualTo(1);
            assertThat(rows(new ViewChoice(ViewRule.CENTRE_CROP, true))).isEqualTo(2);
            assertThat(rows(new ViewChoice(ViewRule.TEN_CROP, false))).isEqualTo(10);
            assertThat(rows(new ViewChoice(ViewRule.TEN_CROP, true))).isEqualTo(10);
            assertThat(model.lanes()).hasSize(4);
        }

        @Test
        void theTemperatureIsAppliedToEachView() throws InterruptedException {
            var cold = new ClassificationRequest(
                    List.of(),
                    Pictures.source(Pictures.redAndBluePng()),
                    new ScoreRule(3, 0, 5),
                    new ViewChoice(ViewRule.AS_TRAINED, true),
                    Optional.empty());

            // softmax (1, 0, 0) and (0, 0, 1)
            double e = Math.E;
            assertThat(classify(cold, model).labels().getFirst().probability())
                    .isCloseTo((float) ((e + 1) / (e + 2) / 2), within(PRECISE));
        }

        private int rows(ViewChoice views) throws InterruptedException {
            return classify(with(views), model).timings().batchRows();
        }

        private ClassificationRequest with(ViewChoice views) {
            return new ClassificationRequest(
                    List.of(), Pictures.source(Pictures.redAndBluePng()), ScoreRule.best(3), views, Optional.empty());
        }
    }

    @Nested
    class WithSeveralModels {
        private final ComputedModel certain = FakeClassifier.of(
                Manifests.colours("certain")
                        .withParameters(Map.of("scores", "probabilities"))
                        .manifest(),
                (_, _) -> new float[] {0, 1, 0});

        @Test
        void theirProbabilitiesAreAveraged() throws InterruptedException {
            Classification answer = classify(of("colours", "certain"), model, certain);

            double e5 = Math.exp(5);
            assertThat(answer.models()).hasToString("[colours@1, certain@1]");
            assertThat(answer.labels()).extracting(ScoredLabel::label).containsExactly("green", "red", "blue");
            assertThat(answer.labels().get(0).probability())
                    .isCloseTo((float) ((1 + 1 / (e5 + 2)) / 2), within(PRECISE));
            assertThat(answer.labels().get(1).probability()).isCloseTo((float) (e5 / (e5 + 2) / 2), within(PRECISE));
        }

        @Test
        void eachIsPreparedForAsItWasTrained() throws InterruptedException {
            var large = FakeClassifier.of(
                    Manifests.colours("large")
                            .withInputs(Manifests.stretched(16), floats("pixels", 3, 16, 16))
                            .manifest(),
                    (item, _) -> new float[] {item.floats().get(0) * 5, 0, 0});

            Classification answer = classify(of("large", "colours"), model, large);

            // Both see (5, 0, 0).
            double e5 = Math.exp(5);
            assertThat(answer.labels().getFirst().probability()).isCloseTo((float) (e5 / (e5 + 2)), within(PRECISE));
        }

        @Test
        void anEnsembleHasNoBranches() throws InterruptedException {
            var sparse = FakeS3n.create();

            assertThat(classify(request(), sparse).sparseSampling()).isPresent();
            assertThat(classify(of("s3n", "colours"), model, sparse).sparseSampling())
                    .isEmpty();
        }

        @Test
        void moreThanEightAreRefused() {
            assertRefused(
                    of(Collections.nCopies(9, "colours").toArray(String[]::new)),
                    "ENSEMBLE_TOO_LARGE",
                    "9",
                    "8",
                    model);
        }

        @Test
        void aModelNamedTwiceIsRefusedHoweverItIsNamed() {
            var twice = new ClassificationRequest(
                    List.of(new ModelRef("colours", 1), new ModelRef("", 0)),
                    Pictures.source(Pictures.redAndBluePng()),
                    ScoreRule.best(3),
                    ViewChoice.AS_TRAINED,
                    Optional.empty());

            assertRefused(twice, "ENSEMBLE_MODEL_TWICE", "colours@1", "1", model);
        }

        @Test
        void otherLabelsAreRefusedWithTheFirstThatDiffers() {
            var other = FakeClassifier.of(
                    Manifests.colours("other")
                            .withLabels("red", "blue", "green")
                            .manifest(),
                    (_, _) -> new float[3]);

            assertThatThrownBy(() -> classify(of("colours", "other"), model, other))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessage("models of an ensemble need the same labels; class 1 of other@1 is \"blue\", of"
                            + " colours@1 \"green\"");
            assertRefused(of("colours", "other"), "ENSEMBLE_LABELS_DIFFER", "other@1", "colours@1", model, other);
        }

        @Test
        void anotherNumberOfClassesIsRefused() {
            var four = FakeClassifier.of(
                    Manifests.colours("four")
                            .withOutputs(floats("logits", 4))
                            .withLabels()
                            .manifest(),
                    (_, _) -> new float[4]);

            assertThatThrownBy(() -> classify(of("colours", "four"), model, four))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessage("models of an ensemble need the same labels; four@1 has 4 classes, colours@1 has 3");
        }

        @Test
        void theirInputsCountWhileAMemberAnswersAndNoLonger() throws InterruptedException {
            // Given: four kilobytes, of which this ensemble takes three
            var large = FakeClassifier.of(
                    Manifests.colours("large")
                            .withInputs(Manifests.stretched(16), floats("pixels", 3, 16, 16))
                            .manifest(),
                    (_, _) -> {
                        // Then
                        assertRefusedAsBusy();
                        return new float[3];
                    });

            // When
            classify(of("large", "colours"), model, large);
            model.failWith(new ModelFailed("failed alone", new RuntimeException()));
            assertThatThrownBy(() -> classify(of("large", "colours"), model, large))
                    .isInstanceOf(ModelFailed.class);

            // Then
            assertThat(classify(of("large", "certain"), certain, large).models())
                    .hasSize(2);
        }

        private void assertRefusedAsBusy() {
            ComputedModel sparse = FakeS3n.create();
            assertThatThrownBy(() -> classify(of("s3n", "certain"), certain, sparse))
                    .isInstanceOfSatisfying(Overloaded.class, refused -> assertThat(refused.code())
                            .isEqualTo("ENSEMBLES_BUSY"));
            assertThat(sparse.lanes()).isEmpty();
        }

        private ClassificationRequest of(String... names) {
            return new ClassificationRequest(
                    List.of(names).stream().map(name -> new ModelRef(name, 0)).toList(),
                    Pictures.source(Pictures.redAndBluePng()),
                    ScoreRule.best(3),
                    ViewChoice.AS_TRAINED,
                    Optional.empty());
        }
    }

    @Nested
    class WithAnS3n {
        private final ComputedModel sparse = FakeS3n.create();

        @Test
        void theBranchesAnswerByTheSameRule() throws InterruptedException {
            var two = new ClassificationRequest(
                    List.of(),
                    Pictures.source(Pictures.redAndBluePng()),
                    new ScoreRule(2, 0, 1),
                    ViewChoice.AS_TRAINED,
                    Optional.empty());

            SparseSamplingAnswers branches =
                    classify(two, sparse).sparseSampling().orElseThrow();

            assertThat(branches.origin()).extracting(ScoredLabel::label).containsExactly("red", "green");
            assertThat(branches.discriminative()).extracting(ScoredLabel::label).containsExactly("green", "red");
            assertThat(branches.complementary()).extracting(ScoredLabel::label).containsExactly("blue", "red");
            assertThat(branches.gate()).isEqualTo(new EntropyGate(EntropyGate.Choice.FIVE_BEST_CLASSES, -0.75f));
        }

        @Test
        void branchesThatOnlyExplainAreNoAnswer() throws InterruptedException {
            var withheld = FakeClassifier.of(
                    Manifests.colours("withheld")
                            .answering(floats("origin", 3), floats("discriminative", 3), floats("complementary", 3))
                            .explaining(floats("gate", 2))
                            .manifest(),
                    (_, output) -> new float[output.equals("gate") ? 2 : 3]);

            assertThat(classify(request(), withheld).sparseSampling()).isEmpty();
        }

        @Test
        void peaksLieWhereTheFirstViewShowsThem() throws InterruptedException {
            SparseSamplingExplanation looked = explain(ViewChoice.AS_TRAINED);

            // 31 cells over 31 px of the input, 62 x 93 px of the image: cell c is at 2 c + 0.5 and 3 c + 1.
            assertThat(looked.peaks())
                    .containsExactly(new Peak(60.5f, 91, 1), new Peak(20.5f, 16, 0.5f), new Peak(0.5f, 1, 0.25f));
        }

        @Test
        void onlyTheFirstViewGetsTheOutputsThatExplain() throws InterruptedException {
            Classification answer = classify(explained(new ViewChoice(ViewRule.TEN_CROP, false)), sparse);

            assertThat(sparse.asked()).containsExactly(OutputSet.ALL, OutputSet.ANSWERS);
            assertThat(answer.timings().batchRows()).isEqualTo(9);
        }

        @Test
        void picturesAreOfTheImagesSizeAndResampledImagesOfTheInputs() throws InterruptedException {
            SparseSamplingExplanation looked = explain(ViewChoice.AS_TRAINED);

            for (Png picture : List.of(looked.overlay(), looked.zoomMap(), looked.complementMap())) {
                assertThat(size(picture)).isEqualTo(new ImageSize(62, 93));
            }
            assertThat(size(looked.zoomed())).isEqualTo(new ImageSize(FakeS3n.SIDE, FakeS3n.SIDE));
            assertThat(size(looked.complement())).isEqualTo(new ImageSize(FakeS3n.SIDE, FakeS3n.SIDE));
        }

        private SparseSamplingExplanation explain(ViewChoice views) throws InterruptedException {
            Explanation explanation =
                    classify(explained(views), sparse).explanation().orElseThrow();
            return explanation.sparseSampling().orElseThrow();
        }

        private ClassificationRequest explained(ViewChoice views) {
            return new ClassificationRequest(
                    List.of(),
                    Pictures.source(Pictures.redAndBluePng(62, 93)),
                    ScoreRule.best(1),
                    views,
                    Optional.of(new ExplanationRequest(1_024, 1)));
        }
    }

    @Nested
    class WithAnExplanation {
        private final ComputedModel responding = FakeClassifier.of(
                Manifests.colours("colours")
                        .explaining(floats("response_maps", 2, 3, 3), floats("response_classes", 2))
                        .manifest(),
                (_, output) -> switch (output) {
                    case "logits" -> new float[] {1, 3, 2};
                    case "response_classes" -> new float[] {1, 2};
                    default -> new float[] {0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
                });

        @Test
        void asManyClassesAreDrawnAsAskedForAndTheModelExplains() throws InterruptedException {
            assertThat(explain(1, 1_024).responses())
                    .extracting(ClassResponse::label)
                    .containsExactly("green");
            assertThat(explain(5, 1_024).responses())
                    .extracting(ClassResponse::label)
                    .containsExactly("green", "blue");
        }

        @Test
        void picturesAreNotLargerThanAskedForNorThanTheImage() throws InterruptedException {
            Explanation small = explain(1, 32);
            Explanation large = explain(1, 1_024);

            assertThat(small.size()).isEqualTo(new ImageSize(32, 24));
            assertThat(size(small.responses().getFirst().overlay())).isEqualTo(new ImageSize(32, 24));
            assertThat(large.size()).isEqualTo(new ImageSize(Pictures.WIDTH, Pictures.HEIGHT));
        }

        @Test
        void aModelWithoutOutputsThatExplainIsRefusedBeforeAnythingIsDecoded() {
            var request = new ClassificationRequest(
                    List.of(),
                    Pictures.source(new byte[] {1, 2, 3}),
                    ScoreRule.best(1),
                    ViewChoice.AS_TRAINED,
                    Optional.of(new ExplanationRequest(100, 1)));

            assertThatThrownBy(() -> classify(request, model)).isInstanceOfSatisfying(InvalidInput.class, refused -> {
                assertThat(refused.code()).isEqualTo("EXPLANATION_UNSUPPORTED");
                assertThat(refused.value()).isEqualTo("colours@1");
                assertThat(refused.getMessage()).contains("explanations=true").contains("adopt");
            });
        }

        @Test
        void anEnsembleIsExplainedByItsFirstModel() throws InterruptedException {
            ComputedModel plain = FakeClassifier.ofColours("plain");
            var request = new ClassificationRequest(
                    List.of(new ModelRef("colours", 0), new ModelRef("plain", 0)),
                    Pictures.source(Pictures.redAndBluePng()),
                    ScoreRule.best(1),
                    ViewChoice.AS_TRAINED,
                    Optional.of(new ExplanationRequest(100, 1)));

            assertThat(classify(request, responding, plain).explanation()).isPresent();
            assertThat(responding.asked()).containsExactly(OutputSet.ALL);
            assertThat(plain.asked()).containsExactly(OutputSet.ANSWERS);
        }

        @Test
        void onlySoManyAreInFlight() throws InterruptedException {
            try (var _ = explanations.acquire(Lane.BULK, LATER)) {
                assertThatThrownBy(() -> classify(explained(1, 100), Lane.BULK, new Deadline(0), responding))
                        .isInstanceOf(DeadlineExceeded.class)
                        .hasMessage("the deadline passed while waiting for a free explanation");
                classify(request(), responding); // what asks for none needs no place
            }
            classify(explained(1, 100), responding);
        }

        @Test
        void anInteractiveOneIsRefusedIfNoPlaceCanBeExpectedInTime() throws InterruptedException {
            // Given
            var slow = FakeClassifier.of(responding.manifest(), (_, output) -> {
                now.addAndGet(Duration.ofSeconds(1).toNanos());
                return new float[Manifests.elements(responding.manifest(), output)];
            });
            classify(explained(1, 100), slow);

            try (var _ = explanations.acquire(Lane.BULK, LATER)) {
                // When
                var soon = new Deadline(now.get() + Duration.ofSeconds(2).toNanos());

                // Then: three outputs took three seconds, and of four places given one goes to bulk
                assertThatThrownBy(() -> classify(explained(1, 100), Lane.INTERACTIVE, soon, slow))
                        .isInstanceOfSatisfying(Overloaded.class, refused -> {
                            assertThat(refused.code()).isEqualTo("EXPLANATIONS_BUSY");
                            assertThat(refused.value()).isEqualTo("4000 ms");
                            assertThat(refused.limit()).isEqualTo("1000 ms");
                        });
            }
        }

        @Test
        void oneThatFailsGivesItsPlaceBack() throws InterruptedException {
            responding.failWith(new ModelFailed("failed alone", new RuntimeException()));
            assertThatThrownBy(() -> classify(explained(1, 100), responding)).isInstanceOf(ModelFailed.class);

            explanations.acquire(Lane.BULK, new Deadline(0)).close();
        }

        @Test
        void factorsAreDrawnAsTheMapThatTheyMultiplyTo() throws InterruptedException {
            // One pair of channels, seen at the centre (3 x 1) and at the lower right (1 x 1) of 3 x 3 positions.
            var factors = FakeClassifier.of(
                    Manifests.colours("colours")
                            .explaining(
                                    floats("response_forms", 2, 1, 1),
                                    floats("response_classes", 2),
                                    floats("response_features", 1, 3, 3),
                                    floats("response_features_2", 1, 3, 3))
                            .manifest(),
                    (_, output) -> switch (output) {
                        case "logits" -> new float[] {1, 3, 2};
                        case "response_classes" -> new float[] {1, 2};
                        case "response_forms" -> new float[] {4, -2};
                        case "response_features" -> new float[] {0, 0, 0, 0, 3, 0, 0, 0, 1};
                        default -> new float[] {1, 1, 1, 1, 1, 1, 1, 1, 1};
                    });
            var map = FakeClassifier.of(responding.manifest(), (_, output) -> switch (output) {
                case "logits" -> new float[] {1, 3, 2};
                case "response_classes" -> new float[] {1, 2};
                default -> new float[] {0, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0, -1.5f, 0, 0, 0, -0.5f};
            });

            List<ClassResponse> multiplied = classify(explained(2, 1_024), factors)
                    .explanation()
                    .orElseThrow()
                    .responses();
            List<ClassResponse> given = classify(explained(2, 1_024), map)
                    .explanation()
                    .orElseThrow()
                    .responses();

            assertThat(multiplied).extracting(ClassResponse::label).containsExactly("green", "blue");
            for (int i = 0; i < given.size(); i++) {
                assertThat(multiplied.get(i).overlay()).isEqualTo(given.get(i).overlay());
            }
            assertThat(multiplied.getFirst().overlay())
                    .isNotEqualTo(multiplied.getLast().overlay());
        }

        @Test
        void responsesThatAreNotFiniteAreTheModelsFault() {
            var broken = FakeClassifier.of(responding.manifest(), (_, output) -> switch (output) {
                case "logits" -> new float[] {1, 3, 2};
                case "response_classes" -> new float[] {1, 2};
                default -> {
                    var maps = new float[18];
                    maps[4] = Float.NaN;
                    yield maps;
                }
            });

            assertThatThrownBy(() -> classify(explained(1, 100), broken))
                    .isInstanceOf(ModelFailed.class)
                    .hasMessageContaining("response_maps[4] is NaN");
        }

        @Test
        void aResponseOfAClassThatDoesNotExistIsTheModelsFault() {
            var broken = FakeClassifier.of(responding.manifest(), (_, output) -> switch (output) {
                case "logits" -> new float[] {1, 3, 2};
                case "response_classes" -> new float[] {3, 0};
                default -> new float[18];
            });

            assertThatThrownBy(() -> classify(explained(1, 100), broken))
                    .isInstanceOf(ModelFailed.class)
                    .hasMessageContaining("class 3 is outside 0 to 2");
        }

        private Explanation explain(int classes, int maxSidePx) throws InterruptedException {
            return classify(explained(classes, maxSidePx), responding)
                    .explanation()
                    .orElseThrow();
        }

        private ClassificationRequest explained(int classes, int maxSidePx) {
            return new ClassificationRequest(
                    List.of(),
                    Pictures.source(Pictures.redAndBluePng()),
                    ScoreRule.best(1),
                    ViewChoice.AS_TRAINED,
                    Optional.of(new ExplanationRequest(maxSidePx, classes)));
        }
    }

    @Test
    void theLaneReachesTheBatcher() throws InterruptedException {
        classify(request(), Lane.BULK, LATER, model);

        assertThat(model.lanes()).containsExactly(Lane.BULK);
    }

    @Test
    void anUnknownModelIsNamedWithThoseThatExist() {
        var unknown = new ClassificationRequest(
                List.of(new ModelRef("birds", 3)),
                Pictures.source(Pictures.redAndBluePng()),
                ScoreRule.best(1),
                ViewChoice.AS_TRAINED,
                Optional.empty());

        assertRefused(unknown, "MODEL_NOT_FOUND", "birds@3", "colours@1", model);
    }

    @Test
    void refusesWhatIsNoImage() {
        assertThatThrownBy(() -> classify(request(Pictures.source(new byte[] {1, 2, 3})), model))
                .isInstanceOf(InvalidInput.class);
        assertThat(model.lanes()).isEmpty();
    }

    @Test
    void followsNoReferenceThatIsNotAllowed() {
        var elsewhere = request(new ImageSource.Reference(URI.create("file:///etc/passwd")));

        assertThatThrownBy(() -> classify(elsewhere, model))
                .isInstanceOfSatisfying(InvalidInput.class, refused -> assertThat(refused.code())
                        .isEqualTo("REFERENCE_NOT_ALLOWED"));
    }

    @Test
    void whatTheBatcherRefusesReachesTheCaller() {
        var overloaded = new Overloaded("QUEUE_FULL", "full", 2, 1, Duration.ZERO);
        model.failWith(overloaded);

        assertThatThrownBy(() -> classify(request(), model)).isSameAs(overloaded);
    }

    @Test
    void aPassedDeadlineCostsNoInference() {
        now.set(10);

        assertThatThrownBy(() -> classify(request(), Lane.BULK, new Deadline(10), model))
                .isInstanceOf(DeadlineExceeded.class);
        assertThat(model.lanes()).isEmpty();
    }

    @Test
    void anInterruptedCallerCostsNoInference() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> classify(request(), Lane.BULK, LATER, model)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(model.lanes()).isEmpty();
    }

    @Test
    void timesEveryStage() throws InterruptedException {
        StageTimings timings = pipeline(() -> now.addAndGet(100), model)
                .classify(request(), Lane.BULK, LATER)
                .timings();

        // One tick a look at the clock: decode ends twice, after reading and after decoding; two looks in preprocess
        // ask whether the deadline has passed.
        assertThat(timings).isEqualTo(new StageTimings(200, 300, 1_000, 2_000, 100, 1));
    }

    private Classification classify(ClassificationRequest request, ComputedModel... served)
            throws InterruptedException {
        return classify(request, Lane.INTERACTIVE, LATER, served);
    }

    private Classification classify(
            ClassificationRequest request, Lane lane, Deadline deadline, ComputedModel... served)
            throws InterruptedException {
        return pipeline(now::get, served).classify(request, lane, deadline);
    }

    private FineGrainedClassificationPipeline pipeline(Ticker ticker, ComputedModel... served) {
        var cpu = Permits.ofCores(1, now::get);
        List<ServingModel> models = List.of(served);
        return new FineGrainedClassificationPipeline(
                new Models(() -> models, served[0].name()),
                new ImageReader(FETCHER, DECODER, Permits.ofFetches(1, now::get), cpu),
                new RequestBounds(cpu, explanations, ensembles),
                ticker);
    }

    private Permits explanations() {
        return Permits.of("free explanation", "EXPLANATIONS_BUSY", 1, now::get);
    }

    private void assertRefused(
            ClassificationRequest request, String code, String value, String limit, ComputedModel... served) {
        assertThatThrownBy(() -> classify(request, served)).isInstanceOfSatisfying(InvalidInput.class, refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.value()).isEqualTo(value);
            assertThat(refused.limit()).isEqualTo(limit);
            assertThat(refused).hasMessageContaining(value);
        });
        for (ComputedModel each : served) {
            assertThat(each.lanes()).isEmpty();
        }
    }

    private static ClassificationRequest request() {
        return request(Pictures.source(Pictures.redAndBluePng()));
    }

    private static ClassificationRequest request(ImageSource image) {
        return new ClassificationRequest(List.of(), image, ScoreRule.best(3), ViewChoice.AS_TRAINED, Optional.empty());
    }

    private static ImageSize size(Png picture) throws InterruptedException {
        try (var image = DECODER.decode(picture.bytes())) {
            return new ImageSize(image.width(), image.height());
        }
    }
}
