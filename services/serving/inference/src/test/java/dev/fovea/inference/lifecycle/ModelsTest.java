package dev.fovea.inference.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.inference.batching.Batcher;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.repository.ModelManifest;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelsTest {
    private static final ServingModel OLD = new Version("siftnet", 1, new ModelState.Serving());
    private static final ServingModel NEW = new Version("siftnet", 2, new ModelState.Serving());
    private static final ServingModel COMING = new Version("siftnet", 3, new ModelState.Warming());
    private static final ServingModel OTHER = new Version("hardnet", 1, new ModelState.Serving());

    private final Models models = new Models(() -> List.of(COMING, NEW, OTHER, OLD), "siftnet");

    @Test
    void aRequestThatNamesNothingGetsTheNewestServingVersionOfTheDefault() {
        assertThat(models.find(ModelRef.DEFAULT)).isSameAs(NEW);
    }

    @Test
    void aNamedVersionIsFoundBesideNewerOnes() {
        assertThat(models.find(new ModelRef("siftnet", 1))).isSameAs(OLD);
        assertThat(models.find(new ModelRef("", 1))).isSameAs(OLD);
        assertThat(models.find(new ModelRef("hardnet", 0))).isSameAs(OTHER);
    }

    @Test
    void anUnknownModelIsRefusedWithThoseThatExist() {
        assertThatThrownBy(() -> models.find(new ModelRef("dolg", 2)))
                .isInstanceOfSatisfying(InvalidInput.class, invalid -> {
                    assertThat(invalid.code()).isEqualTo("MODEL_NOT_FOUND");
                    assertThat(invalid.value()).isEqualTo("dolg@2");
                    assertThat(invalid.limit()).isEqualTo("hardnet@1, siftnet@1, siftnet@2, siftnet@3");
                });
    }

    @Test
    void anUnknownVersionIsRefusedEvenBeyondTheRangeOfAnInt() {
        assertThatThrownBy(() -> models.find(new ModelRef("siftnet", (1L << 32) + 1)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("there is no model siftnet@4294967297");
    }

    @Test
    void aVersionInTheNameIsToldFromAnUnknownModel() {
        assertThatThrownBy(() -> models.find(new ModelRef("siftnet@1", 0)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("there is no model siftnet@1")
                .hasMessageEndingWith("the version is a field of its own, not part of the name");
    }

    @Test
    void aModelThatDoesNotServeYetIsUnavailable() {
        assertThatThrownBy(() -> models.find(new ModelRef("siftnet", 3)))
                .isInstanceOf(Unavailable.class)
                .hasMessage("model siftnet@3 is WARMING");
    }

    @Test
    void theVersionThatUnnamedRequestsGetAnswers() {
        assertThat(models.answering()).contains(NEW);
        assertThat(new Models(() -> List.of(COMING, OTHER), "siftnet").answering())
                .isEmpty();
    }

    @Test
    void theDefaultIsTheVersionThatUnnamedRequestsGet() {
        assertThat(models.isDefault(NEW)).isTrue();
        assertThat(models.isDefault(OLD)).isFalse();
        assertThat(models.isDefault(COMING)).isFalse();
        assertThat(models.isDefault(OTHER)).isFalse();
    }

    /// Only what a choice depends on.
    private record Version(String name, int version, ModelState state) implements ServingModel {
        @Override
        public ModelManifest manifest() {
            throw new AssertionError("a choice needs no manifest, which a loading model has not got");
        }

        @Override
        public String digest() {
            throw new AssertionError("a choice needs no digest, which a loading model has not got");
        }

        @Override
        public List<String> executionProviders() {
            return List.of();
        }

        @Override
        public int instances() {
            return 1;
        }

        @Override
        public Batcher batcher() {
            throw new AssertionError("a choice needs no batcher");
        }
    }
}
