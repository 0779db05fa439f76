package dev.fovea.builder.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.builder.numbers.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrievalScoreTest {

    /// Similarity of reference i to the first query is 3 - i, to the second i.
    private static final Matrix QUERIES = Matrix.of(2, 2, 1, 0, 0, 1);

    private static final Matrix REFERENCES = Matrix.of(4, 2, 3, 0, 2, 1, 1, 2, 0, 3);

    @Test
    void recallCountsQueriesWithATrueReferenceAmongTheFirst() {
        RetrievalScore score =
                RetrievalScore.of(QUERIES, REFERENCES, List.of(Set.of(0, 3), Set.of(2)), List.of(1, 2, 4));

        assertThat(score.recallAt(1))
                .as("only the first query finds one at once")
                .isEqualTo(0.5);
        assertThat(score.recallAt(2)).isEqualTo(1);
        assertThat(score.best()).containsExactly(0, 3);
    }

    @Test
    void averagePrecisionIsTheMeanOverTrueReferences() {
        RetrievalScore score = RetrievalScore.of(QUERIES, REFERENCES, List.of(Set.of(0, 3), Set.of(2)), List.of(1));

        double first = (1 / 1.0 + 2 / 4.0) / 2;
        double second = 1 / 2.0;
        assertThat(score.averagePrecision()).isCloseTo((first + second) / 2, within(1e-12));
    }

    @Test
    void queriesWithoutTrueReferencesAreLeftOut() {
        RetrievalScore score = RetrievalScore.of(QUERIES, REFERENCES, List.of(Set.of(), Set.of(3)), List.of(1));

        assertThat(score.queries()).isEqualTo(1);
        assertThat(score.recallAt(1)).isEqualTo(1);
    }

    @Test
    void rankingsOfOthersMayBeCutShort() {
        RetrievalScore score = RetrievalScore.ofRankings(
                List.of(List.of(1, 0), List.of(3, 1)), List.of(Set.of(0, 3), Set.of(2)), List.of(1, 2, 4));

        assertThat(score.recallAt(2)).isEqualTo(0.5);
        assertThat(score.recallAt(4)).as("what was not ranked is not found").isEqualTo(0.5);
        assertThat(score.averagePrecision()).isCloseTo((1 / 2.0 / 2 + 0) / 2, within(1e-12));
        assertThat(score.best()).containsExactly(1, 3);
    }

    @Test
    void refusesGroundTruthWithoutAnyTrueReference() {
        assertThatThrownBy(() -> RetrievalScore.of(QUERIES, REFERENCES, List.of(Set.of(), Set.of()), List.of(1)))
                .hasMessage("the ground truth has no true reference for any query");
    }

    @Test
    void picturesRecallOverDepth(@TempDir Path folder) throws IOException {
        RetrievalScore score = RetrievalScore.of(QUERIES, REFERENCES, List.of(Set.of(0), Set.of(2)), List.of(1, 2));

        RecallPlot.write(score, "model@1", folder.resolve("recall.png"));

        assertThat(ImageIO.read(folder.resolve("recall.png").toFile()).getWidth())
                .isEqualTo(640);
        assertThat(Files.size(folder.resolve("recall.png"))).isGreaterThan(3000);
    }
}
