package dev.fovea.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.repository.ElementType;
import dev.fovea.repository.TensorSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmbeddingModelsTest {

    @Test
    void anEmbeddingHasUpTo4096Numbers() {
        assertThat(problem(ElementType.FLOAT32, 4096)).isEmpty();
    }

    @Test
    void aLongerOneIsRefusedWithWhatMakesItShorter() {
        assertThat(problem(ElementType.FLOAT32, 8192))
                .contains("its first output is embedding, FLOAT32 of [8192], expected are at most [4096]: fovea fit pca"
                        + " makes it shorter, and fovea fit codebook --option clusters=32 that of sift-vlad");
    }

    @Test
    void whatIsNoVectorOfFloatsIsRefused() {
        String expected = ", expected is FLOAT32 of one dimension, at most [4096]";

        assertThat(problem(ElementType.UINT8, 3)).contains("its first output is embedding, UINT8 of [3]" + expected);
        assertThat(problem(ElementType.FLOAT32, 2, 3))
                .contains("its first output is embedding, FLOAT32 of [2, 3]" + expected);
    }

    private static Optional<String> problem(ElementType type, Integer... shape) {
        var output = new TensorSpec("embedding", type, List.of(shape), "colour");
        return EmbeddingModels.problem(FakeEmbedder.manifest("colours", EmbeddingModels.TASK, output));
    }
}
