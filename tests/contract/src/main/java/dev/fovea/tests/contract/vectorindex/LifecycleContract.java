package dev.fovea.tests.contract.vectorindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.FieldType;
import dev.fovea.vectorindex.Filter;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.IndexRefused;
import dev.fovea.vectorindex.ScanPage;
import dev.fovea.vectorindex.VectorIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// When writes are seen and when they are safe; scans; opening again.
public abstract class LifecycleContract extends VectorIndexContract {

    @Test
    void getSeesEveryWriteAtOnceInTheOrderAsked() throws Exception {
        VectorIndex index = open();
        for (int i = 0; i < 20; i++) {
            put(index, "id-" + i, 1, 1, i);
            assertThat(get(index, "id-" + i)).containsExactly(entry("id-" + i, 1, 1, i));
        }
        delete(index, "id-5", 2);

        assertThat(get(index, "id-9", "id-5", "unknown", "id-2"))
                .extracting(IndexEntry::id)
                .containsExactly("id-9", "id-2");
    }

    @Test
    void awaitVisibleShowsEveryWriteBeforeIt() throws Exception {
        VectorIndex index = open();
        for (int i = 0; i < 10; i++) {
            put(index, "id-" + i, 1, 1, 0);
            index.awaitVisible(soon());
            assertThat(visible(index, Optional.empty())).hasSize(i + 1);
        }
    }

    @Test
    void writesBecomeVisibleWithoutBeingAskedFor() throws Exception {
        VectorIndex index = open();
        put(index, "a", 1, 1, 0);
        assertThat(index.visibleWithin()).isPositive();

        Deadline limit = Deadline.after(index.visibleWithin().plus(Duration.ofSeconds(20)), Ticker.system());
        List<String> seen = visible(index, Optional.empty());
        while (seen.isEmpty() && !limit.hasPassed(Ticker.system())) {
            Thread.sleep(20);
            seen = visible(index, Optional.empty());
        }
        // Another look could ask a copy that refreshes a little later.
        assertThat(seen).containsExactly("a");
    }

    @Test
    void whatWasMadeDurableIsThereWhenOpenedAgain() throws Exception {
        VectorIndex index = open();
        IndexEntry whole = with(with(entry("a", 3, 3, 4), Map.of("place", text("Rom"))), "payload");
        put(index, whole);
        delete(index, "b", 5);
        index.makeDurable(soon());

        VectorIndex again = reopen(index);

        assertThat(get(again, "a")).containsExactly(whole);
        assertThat(payload(get(again, "a").getFirst())).isEqualTo("payload");
        assertThat(visible(again, Optional.of(new Filter.Equals("place", text("Rom")))))
                .containsExactly("a");
        assertThat(put(again, "a", 2, 1, 0).version()).isEqualTo(3);
        assertThat(put(again, "b", 4, 1, 0).version()).isEqualTo(5);
    }

    @Test
    void closingMakesEverythingDurable() throws Exception {
        VectorIndex index = open();
        put(index, "a", 1, 1, 0);

        assertThat(get(reopen(index), "a")).hasSize(1);
    }

    @Test
    void callersMakeTheirWritesDurableTogether() throws Exception {
        VectorIndex index = open();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String id = "id-" + i;
                done.add(threads.submit(() -> {
                    put(index, id, 1, 1, 0);
                    index.makeDurable(soon());
                    return id;
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        }

        assertThat(visible(reopen(index), Optional.empty())).hasSize(40);
    }

    @Test
    void aScanIsCompleteAndInTheOrderOfIdsWhateverThePage() throws Exception {
        VectorIndex index = open();
        Set<String> ids = new TreeSet<>();
        for (int i = 0; i < 57; i++) {
            ids.add("id-" + i);
            put(index, "id-" + i, 1, 1, i);
        }
        index.awaitVisible(soon());

        for (int limit : List.of(1, 10, 57, 1000)) {
            assertThat(scanAll(index, limit, Optional.empty()))
                    .extracting(IndexEntry::id)
                    .containsExactlyElementsOf(ids);
        }
        assertThat(scanAll(index, 10, Optional.empty()).getFirst()).isEqualTo(entry("id-0", 1, 1, 0));
    }

    @Test
    void aScanGoesOnWhereItWasAlthoughEntriesComeAndGo() throws Exception {
        VectorIndex index = open();
        for (String id : List.of("a", "b", "c", "d", "e")) {
            put(index, id, 1, 1, 0);
        }
        index.awaitVisible(soon());
        ScanPage first = index.scan(Optional.empty(), 2, Optional.empty(), Set.of(), soon());

        delete(index, "b", 2);
        delete(index, "d", 2);
        put(index, "c5", 1, 1, 0);
        index.awaitVisible(soon());
        ScanPage second = index.scan(first.next(), 10, Optional.empty(), Set.of(), soon());

        assertThat(first.entries()).extracting(IndexEntry::id).containsExactly("a", "b");
        assertThat(second.entries()).extracting(IndexEntry::id).containsExactly("c", "c5", "e");
        assertThat(second.next()).isEmpty();
        refused("LIMIT_INVALID", () -> index.scan(Optional.empty(), 0, Optional.empty(), Set.of(), soon()));
    }

    @Test
    void tellsHowLargeItIs() throws Exception {
        VectorIndex index = open();
        assertThat(index.stats(soon()).entries()).isZero();
        for (int i = 0; i < 30; i++) {
            put(index, "id-" + i, 1, 1, i);
        }
        delete(index, "id-3", 2);
        index.awaitVisible(soon());

        assertThat(index.stats(soon()).entries()).isEqualTo(29);
        assertThat(index.stats(soon()).bytes()).isPositive();
        assertThat(index.problem()).isEmpty();
        assertThat(index.engine()).isNotBlank();
    }

    @Test
    void refusesACollectionThatWasMadeForAnother() {
        VectorIndex index = open();
        CollectionSpec made = index.spec();
        Map<String, FieldType> retyped = new HashMap<>(made.fields());
        retyped.put("year", FieldType.TEXT);
        Map<String, FieldType> fewer = new HashMap<>(made.fields());
        fewer.remove("place");
        index.close();

        refusedToOpen(
                "other@1 sha256:4567",
                new CollectionSpec(made.name(), "other@1 sha256:4567", 2, made.storage(), made.fields()));
        refusedToOpen("3", new CollectionSpec(made.name(), made.embedder(), 3, made.storage(), made.fields()));
        refusedToOpen("year", new CollectionSpec(made.name(), made.embedder(), 2, made.storage(), retyped));
        refusedToOpen("place", new CollectionSpec(made.name(), made.embedder(), 2, made.storage(), fewer));
    }

    @Test
    void fieldsMayBeAddedLater() throws Exception {
        VectorIndex index = open();
        put(index, with(entry("a", 1, 1, 0), Map.of("place", text("Rom"))));
        Map<String, FieldType> more = new HashMap<>(index.spec().fields());
        more.put("colour", FieldType.TEXT);
        CollectionSpec old = index.spec();

        VectorIndex again =
                reopen(index, new CollectionSpec(old.name(), old.embedder(), old.dimension(), old.storage(), more));
        put(again, with(entry("b", 1, 1, 0), Map.of("colour", text("red"))));
        again.awaitVisible(soon());

        assertThat(visible(again, Optional.of(new Filter.Equals("colour", text("red")))))
                .containsExactly("b");
        assertThat(visible(again, Optional.of(new Filter.Not(new Filter.Equals("colour", text("red"))))))
                .containsExactly("a");
    }

    @Test
    void aClosedIndexIsUnavailableAndSaysSo() {
        VectorIndex index = open();
        index.close();
        index.close();

        assertThat(index.problem()).isPresent();
        unavailable(() -> put(index, "a", 1, 1, 0));
        unavailable(() -> delete(index, "a", 1));
        unavailable(() -> get(index, "a"));
        unavailable(() -> search(index, near(1, 0)));
        unavailable(() -> scanAll(index, 1, Optional.empty()));
        unavailable(() -> index.makeDurable(soon()));
        unavailable(() -> index.awaitVisible(soon()));
        unavailable(() -> index.stats(soon()));
    }

    private void refusedToOpen(String named, CollectionSpec spec) {
        assertThatExceptionOfType(IndexRefused.class)
                .isThrownBy(() -> open(spec))
                .withMessageContaining(named);
    }

    private static void unavailable(ThrowingCallable call) {
        assertThatExceptionOfType(Unavailable.class)
                .isThrownBy(call)
                .extracting(Unavailable::code)
                .isEqualTo("INDEX_UNAVAILABLE");
    }
}
