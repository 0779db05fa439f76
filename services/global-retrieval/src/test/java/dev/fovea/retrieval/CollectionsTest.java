package dev.fovea.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.inference.failure.Unavailable;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.inference.lifecycle.ServingModel;
import dev.fovea.vectorindex.VectorStorage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CollectionsTest {
    private final ServingModel model = FakeEmbedder.named("colours");

    @Test
    void anIndexThatDoesNotCloseLeavesNothingElseOpen() {
        var engine = new ScriptedEngine(_ -> {}, name -> {
            throw new IllegalStateException(name + " is stuck");
        });
        Collections collections = collections(engine);
        collections.open(model, List.of(model));

        assertThatThrownBy(collections::close)
                .hasMessageEndingWith("is stuck")
                .satisfies(first -> assertThat(first.getSuppressed()).hasSize(1));
        assertThat(engine.closed()).containsExactlyInAnyOrder("one", "two", "engine");
    }

    @Test
    void closingDoesNotWaitForAnIndexThatIsBeingOpened() throws InterruptedException {
        // Given
        var begun = new CountDownLatch(1);
        var continued = new CountDownLatch(1);
        var engine = new ScriptedEngine(
                _ -> {
                    begun.countDown();
                    await(continued);
                },
                _ -> {});
        Collections collections = collections(engine);
        Thread opening = Thread.ofPlatform().start(() -> collections.open(model, List.of(model)));
        begun.await();

        // When
        collections.close();
        continued.countDown();
        opening.join();

        // Then
        assertThat(engine.closed()).containsExactly("engine", "one");
        assertThat(collections.opened()).isEmpty();
        assertThat(collections.problem()).contains("the index of collection one is closed");
    }

    @Test
    void anIndexThatFailsToOpenIsAProblemAndKeepsNoOtherFromOpening() {
        Collections collections = collections(new ScriptedEngine(
                name -> {
                    if (name.equals("one")) {
                        throw new IllegalStateException("no such luck");
                    }
                },
                _ -> {}));

        assertThatThrownBy(() -> collections.open(model, List.of(model))).hasMessage("no such luck");
        assertThat(collections.problem())
                .contains("the index of collection one could not be opened: java.lang.IllegalStateException:"
                        + " no such luck");
        assertThat(collections.find("two").name()).isEqualTo("two");
        assertThatThrownBy(() -> collections.find("one"))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("no such luck");
    }

    private static Collections collections(ScriptedEngine engine) {
        return new Collections(List.of(settings("one"), settings("two")), "one", engine);
    }

    private static CollectionSettings settings(String name) {
        return new CollectionSettings(
                name,
                new ModelRef("colours", 0),
                Optional.empty(),
                VectorStorage.FLOAT32,
                Map.of(),
                new StageTwoSettings(false, 400, 0));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
