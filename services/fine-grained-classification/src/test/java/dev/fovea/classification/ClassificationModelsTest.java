package dev.fovea.classification;

import static dev.fovea.classification.Manifests.floats;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.repository.ElementType;
import dev.fovea.repository.PatchPreprocessing;
import dev.fovea.repository.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassificationModelsTest {
    private static final Manifests GOOD = Manifests.colours("colours");

    @Test
    void takesBytesAndFloats() {
        var planes = GOOD.withInputs(Manifests.stretched(8), floats("pixels", 3, 8, 8));

        assertThat(problem(GOOD)).isEmpty();
        assertThat(problem(planes)).isEmpty();
    }

    @Test
    void takesLogitsAndProbabilitiesWithLabelsOrWithout() {
        assertThat(problem(GOOD.withParameters(Map.of("scores", "probabilities"))))
                .isEmpty();
        assertThat(problem(GOOD.withLabels())).isEmpty();
    }

    @Test
    void refusesAnotherTask() {
        assertThat(problem(GOOD.withTask("patch-description")))
                .isEqualTo("its task is \"patch-description\", expected is \"fine-grained-classification\"");
    }

    @Test
    void refusesTwoInputs() {
        TensorSpec pixels = GOOD.inputs().getFirst();

        assertThat(problem(GOOD.withInputs(GOOD.preprocessing(), pixels, floats("random", 31, 31))))
                .isEqualTo("it has 2 inputs, expected is one");
    }

    @Test
    void refusesPatches() {
        var patches = GOOD.withInputs(new PatchPreprocessing(32, 12), floats("patches", 32, 32));

        assertThat(problem(patches)).isEqualTo("it takes patches, expected are whole images");
    }

    @Test
    void refusesAnInputThatIsNotThePreparedImage() {
        var planesOfBytes = new TensorSpec("pixels", ElementType.UINT8, List.of(3, 4, 4), "RGB");

        assertThat(problem(GOOD.withInputs(Manifests.stretched(4), planesOfBytes)))
                .isEqualTo("its input is pixels, UINT8 of [3, 4, 4], expected is UINT8 of [4, 4, 3] or FLOAT32 of"
                        + " [3, 4, 4], as its preprocessing says");
        assertThat(problem(GOOD.withInputs(Manifests.stretched(5), GOOD.inputs().getFirst())))
                .startsWith("its input is pixels, UINT8 of [4, 4, 3], expected is UINT8 of [5, 5, 3]");
    }

    @Test
    void refusesScoresThatAreNoVectorOfFloats() {
        assertThat(problem(GOOD.withOutputs(floats("logits", 3, 1))))
                .isEqualTo("its first output is logits, FLOAT32 of [3, 1], expected is FLOAT32 of one dimension");
        assertThat(problem(GOOD.withOutputs(new TensorSpec("class", ElementType.INT64, List.of(3), "best"))))
                .startsWith("its first output is class, INT64 of [3]");
    }

    @Test
    void refusesLabelsThatAreNotOneAScore() {
        assertThat(problem(GOOD.withLabels("red", "green"))).isEqualTo("it has 2 labels for 3 scores");
    }

    @Test
    void refusesScoresOfUnknownScale() {
        assertThat(problem(GOOD.withParameters(Map.of("scores", "distances"))))
                .isEqualTo("its parameter \"scores\" is \"distances\", expected is \"logits\" or \"probabilities\"");
        assertThat(problem(GOOD.withParameters(Map.of())))
                .isEqualTo("its parameter \"scores\" is \"\", expected is \"logits\" or \"probabilities\"");
    }

    @Test
    void explainsWhatHasResponsesAndTheirClasses() {
        assertThat(ClassificationModels.explains(GOOD.manifest())).isFalse();
        assertThat(ClassificationModels.explains(
                        GOOD.explaining(floats("response_maps", 2, 7, 7)).manifest()))
                .isFalse();
        assertThat(ClassificationModels.explains(
                        GOOD.explaining(floats("response_maps", 2, 7, 7), floats("response_classes", 2))
                                .manifest()))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2, 4, true",
        "3, 4, false", // forms of two classes, classes of three
        "2, 5, false", // no form of so many channels
    })
    void explainsWhatHasTheFactorsOfResponses(int classes, int channels, boolean explains) {
        Manifests alone = GOOD.explaining(
                floats("response_forms", 2, 4, 4),
                floats("response_classes", classes),
                floats("response_features", channels, 7, 7));

        assertThat(ClassificationModels.explains(alone.manifest())).isEqualTo(explains);
    }

    @Test
    void formsOfTwoStreamsNeedTheFeaturesOfBothAtTheSamePositions() {
        TensorSpec[] one = {
            floats("response_forms", 2, 4, 3), floats("response_classes", 2), floats("response_features", 4, 7, 7)
        };
        assertThat(ClassificationModels.explains(GOOD.explaining(one).manifest()))
                .isFalse();
        assertThat(ClassificationModels.explains(GOOD.explaining(with(one, floats("response_features_2", 3, 7, 7)))
                        .manifest()))
                .isTrue();
        assertThat(ClassificationModels.explains(GOOD.explaining(with(one, floats("response_features_2", 3, 7, 6)))
                        .manifest()))
                .isFalse();
    }

    private static TensorSpec[] with(TensorSpec[] outputs, TensorSpec more) {
        return Stream.concat(Stream.of(outputs), Stream.of(more)).toArray(TensorSpec[]::new);
    }

    private static String problem(Manifests manifest) {
        return ClassificationModels.problem(manifest.manifest()).orElse("");
    }
}
