package dev.fovea.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.imaging.preprocess.ViewRule;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.Overloaded;
import dev.fovea.inference.lifecycle.ServingModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnsembleMemoryTest {
    private static final ViewChoice TEN = new ViewChoice(ViewRule.TEN_CROP, false);
    private static final int COLOURS_BYTES = 4 * 4 * 3;
    private static final int S3N_BYTES = FakeS3n.SIDE * FakeS3n.SIDE * 3;

    private final ServingModel colours = FakeClassifier.ofColours("colours");
    private final ServingModel others = FakeClassifier.ofColours("others");
    private final ServingModel sparse = FakeS3n.create();

    @Test
    void everyViewForEveryMemberCounts() {
        long both = COLOURS_BYTES + S3N_BYTES;

        assertThat(ensemble(colours, sparse).inputBytes(ViewChoice.AS_TRAINED)).isEqualTo(both);
        assertThat(ensemble(colours, sparse).inputBytes(new ViewChoice(ViewRule.CENTRE_CROP, true)))
                .isEqualTo(2 * both);
        assertThat(ensemble(colours, sparse).inputBytes(TEN)).isEqualTo(10 * both);
    }

    @Test
    void membersThatTakeInTheSameCountOnce() {
        assertThat(ensemble(colours, others).inputBytes(ViewChoice.AS_TRAINED)).isEqualTo(COLOURS_BYTES);
    }

    @Test
    void whatIsOverTheLimitAloneIsRefusedForGood() {
        var memory = new EnsembleMemory(10 * COLOURS_BYTES - 1);

        assertThatThrownBy(() -> memory.hold(ensemble(colours, others), TEN))
                .isInstanceOfSatisfying(InvalidInput.class, refused -> {
                    assertThat(refused.code()).isEqualTo("ENSEMBLE_TOO_LARGE");
                    assertThat(refused.value()).isEqualTo("480 bytes");
                    assertThat(refused.limit()).isEqualTo("479 bytes");
                });
    }

    @Test
    void whatDoesNotFitBesideOthersIsRefusedForNow() {
        var memory = new EnsembleMemory(2 * COLOURS_BYTES);
        try (var _ = memory.hold(ensemble(colours, others), ViewChoice.AS_TRAINED);
                var _ = memory.hold(ensemble(colours, others), ViewChoice.AS_TRAINED)) {
            assertThatThrownBy(() -> memory.hold(ensemble(colours, others), ViewChoice.AS_TRAINED))
                    .isInstanceOfSatisfying(Overloaded.class, refused -> {
                        assertThat(refused.code()).isEqualTo("ENSEMBLES_BUSY");
                        assertThat(refused.value()).isEqualTo("144 bytes");
                        assertThat(refused.limit()).isEqualTo("96 bytes");
                    });
        }
        memory.hold(ensemble(colours, others), new ViewChoice(ViewRule.AS_TRAINED, true))
                .close();
    }

    @Test
    void aSingleModelIsItsQueuesAffair() {
        var memory = new EnsembleMemory(1);

        memory.hold(ensemble(sparse), TEN).close();
    }

    @Test
    void memoryBelowAByteIsRefused() {
        assertThatThrownBy(() -> new EnsembleMemory(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("memory for inputs of ensembles is 0 bytes, below 1");
    }

    private static Ensemble ensemble(ServingModel... members) {
        return new Ensemble(List.of(members));
    }
}
