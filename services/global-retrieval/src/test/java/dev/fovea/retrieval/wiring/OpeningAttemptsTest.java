package dev.fovea.retrieval.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.inference.failure.Unavailable;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.inference.lifecycle.ServingModel;
import dev.fovea.retrieval.CollectionSettings;
import dev.fovea.retrieval.Collections;
import dev.fovea.retrieval.FakeEmbedder;
import dev.fovea.retrieval.ScriptedEngine;
import dev.fovea.retrieval.StageTwoSettings;
import dev.fovea.vectorindex.IndexRefused;
import dev.fovea.vectorindex.VectorStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class OpeningAttemptsTest {
    private final List<String> verdicts = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private int attempts;

    @Test
    void anUnavailableEngineIsTriedUntilItAnswers() {
        Collections collections = attempted(_ -> {
            if (++attempts < 3) {
                throw new Unavailable("INDEX_UNAVAILABLE", "nobody answers");
            }
        });

        assertThat(verdicts)
                .containsExactly(
                        "the index of collection one could not be opened: nobody answers",
                        "the index of collection one could not be opened: nobody answers",
                        "ready");
        assertThat(collections.opened()).hasSize(1);
        assertThat(refusals).isEmpty();
    }

    @Test
    void anythingUnexpectedIsTheReasonWhyTheServiceIsNotReady() {
        attempted(_ -> {
            attempts++;
            throw new AssertionError("broken");
        });

        assertThat(attempts).isEqualTo(1);
        assertThat(verdicts)
                .containsExactly("the index of collection one could not be opened: java.lang.AssertionError: broken");
        assertThat(refusals).isEmpty();
    }

    @Test
    void aRefusedIndexEndsTheProcess() {
        attempted(_ -> {
            throw new IndexRefused("another process writes");
        });

        assertThat(refusals).containsExactly("another process writes");
    }

    @Test
    void nothingIsRefusedOrTriedAgainWhileTheProcessEnds() {
        List<Collections> ending = new ArrayList<>();
        for (RuntimeException failure :
                List.of(new IndexRefused("closed"), new Unavailable("INDEX_UNAVAILABLE", "closed"))) {
            ending.addFirst(collections(_ -> {
                attempts++;
                ending.getFirst().close();
                throw failure;
            }));

            attempt(ending.getFirst());
        }

        assertThat(attempts).isEqualTo(2);
        assertThat(refusals).isEmpty();
    }

    private Collections attempted(Consumer<String> opening) {
        Collections collections = collections(opening);
        attempt(collections);
        return collections;
    }

    private void attempt(Collections collections) {
        Runnable verdict = () -> verdicts.add(collections.problem().orElse("ready"));
        ServingModel model = FakeEmbedder.named("colours");
        new OpeningAttempts(collections, verdict, refusals::add).open(model, List.of(model));
    }

    private static Collections collections(Consumer<String> opening) {
        String name = "one";
        return new Collections(
                List.of(new CollectionSettings(
                        name,
                        new ModelRef("colours", 0),
                        Optional.empty(),
                        VectorStorage.FLOAT32,
                        Map.of(),
                        new StageTwoSettings(false, 400, 0))),
                name,
                new ScriptedEngine(opening, _ -> {}));
    }
}
