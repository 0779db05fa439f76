package dev.fovea.classification;

import static dev.fovea.classification.Manifests.floats;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.imaging.fetch.FetchPolicy;
import dev.fovea.imaging.fetch.ReferenceFetcher;
import dev.fovea.imaging.preprocess.ViewRule;
import dev.fovea.imaging.read.ImageReader;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Permits;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.lifecycle.ComputedModel;
import dev.fovea.inference.lifecycle.Models;
import dev.fovea.inference.lifecycle.ServingModel;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ImagePreprocessing.ChannelOrder;
import dev.fovea.repository.ImagePreprocessing.Interpolation;
import dev.fovea.repository.PixelNormalization;
import dev.fovea.repository.ResizeRule;
import dev.fovea.repository.TensorSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Images of one line of pixels, or of one pixel, with every rule of resizing and every rule of views.
class ExtremeImagesTest {
    private static final int SIDE = 24;
    private static final int MAX_SIDE_PX = 100;
    private static final ImageDecoder DECODER = new ImageDecoder(DecodeLimits.defaults());
    private static final ReferenceFetcher FETCHER = new ReferenceFetcher(FetchPolicy.nothing());

    @AfterAll
    static void close() {
        DECODER.close();
        FETCHER.close();
    }

    @ParameterizedTest
    @MethodSource("sizesAndRules")
    void areClassifiedAndExplained(ImageSize size, ResizeRule resize, ViewRule views) throws InterruptedException {
        Classification answer = classify(model(resize), size, views);

        assertThat(answer.image()).isEqualTo(size);
        assertThat(answer.labels()).extracting(ScoredLabel::label).containsExactly("blue", "green", "red");
        Explanation explained = answer.explanation().orElseThrow();
        assertThat(explained.size())
                .isEqualTo(
                        new ImageSize(Math.min(size.widthPx(), MAX_SIDE_PX), Math.min(size.heightPx(), MAX_SIDE_PX)));
        try (Image overlay =
                DECODER.decode(explained.responses().getFirst().overlay().bytes())) {
            assertThat(new ImageSize(overlay.width(), overlay.height())).isEqualTo(explained.size());
        }
    }

    private static Stream<Arguments> sizesAndRules() {
        List<ImageSize> sizes = List.of(new ImageSize(1, 1), new ImageSize(1, 30_000), new ImageSize(30_000, 1));
        List<ResizeRule> rules =
                List.of(new ResizeRule.Stretch(), new ResizeRule.CropCentre(SIDE + 3), new ResizeRule.Pad(0));
        return sizes.stream().flatMap(size -> rules.stream()
                .flatMap(rule -> Stream.of(ViewRule.values()).map(views -> Arguments.of(size, rule, views))));
    }

    private static Classification classify(ServingModel model, ImageSize size, ViewRule views)
            throws InterruptedException {
        Permits cpu = Permits.ofCores(1, Ticker.system());
        Permits explanations = Permits.of("free explanation", "EXPLANATIONS_BUSY", 1, Ticker.system());
        var pipeline = new FineGrainedClassificationPipeline(
                new Models(() -> List.of(model), model.name()),
                new ImageReader(FETCHER, DECODER, Permits.ofFetches(1, Ticker.system()), cpu),
                new RequestBounds(cpu, explanations, new EnsembleMemory(1)),
                Ticker.system());
        var request = new ClassificationRequest(
                List.of(),
                Pictures.source(Pictures.redAndBluePng(size.widthPx(), size.heightPx())),
                ScoreRule.best(3),
                new ViewChoice(views, true),
                Optional.of(new ExplanationRequest(MAX_SIDE_PX, 1)));
        return pipeline.classify(request, Lane.INTERACTIVE, new Deadline(Long.MAX_VALUE / 2));
    }

    private static ComputedModel model(ResizeRule resize) {
        var preprocessing = new ImagePreprocessing(
                SIDE,
                SIDE,
                resize,
                Interpolation.BILINEAR,
                ChannelOrder.RGB,
                new PixelNormalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0), PixelNormalization.Place.GRAPH));
        var manifest = Manifests.colours("colours")
                .withInputs(preprocessing, new TensorSpec("pixels", ElementType.UINT8, List.of(SIDE, SIDE, 3), "RGB"))
                .explaining(floats("response_maps", 1, 2, 2), floats("response_classes", 1))
                .manifest();
        return FakeClassifier.of(manifest, (_, output) -> switch (output) {
            case "logits" -> new float[] {1, 2, 3};
            case "response_classes" -> new float[] {2};
            default -> new float[] {0, 1, 2, 3};
        });
    }
}
