package dev.fovea.tests.contract.vectorindex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.inference.Deadline;
import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.VectorIndex;
import dev.fovea.vectorindex.Written;
import dev.fovea.vectorindex.Written.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Writes: the highest version wins, in whatever order they come and how often.
public abstract class VersionsContract extends VectorIndexContract {

    @Test
    void aHigherVersionReplacesTheWholeEntry() throws Exception {
        VectorIndex index = open();
        put(index, with(with(entry("a", 1, 1, 0), Map.of("year", number(1))), "old"));

        Written written = put(index, with(entry("a", 2, 0, 1), Map.of("place", text("here"))));

        assertThat(written).isEqualTo(new Written(Outcome.STORED, 2));
        assertThat(get(index, "a")).singleElement().satisfies(kept -> {
            assertThat(kept).isEqualTo(with(entry("a", 2, 0, 1), Map.of("place", text("here"))));
            assertThat(payload(kept)).isEmpty();
        });
    }

    @Test
    void anEqualVersionChangesNothing() throws Exception {
        VectorIndex index = open();
        put(index, "a", 7, 1, 0);

        assertThat(put(index, "a", 7, 0, 1)).isEqualTo(new Written(Outcome.UNCHANGED, 7));
        assertThat(get(index, "a")).containsExactly(entry("a", 7, 1, 0));
    }

    @Test
    void aLowerVersionIsStaleAndTheAnswerSaysWhichIsKept() throws Exception {
        VectorIndex index = open();
        put(index, "a", 7, 1, 0);

        assertThat(put(index, "a", 6, 0, 1)).isEqualTo(new Written(Outcome.STALE, 7));
        assertThat(delete(index, "a", 6)).isEqualTo(new Written(Outcome.STALE, 7));
        assertThat(get(index, "a")).containsExactly(entry("a", 7, 1, 0));
    }

    @Test
    void versionsAreComparedAlikeOnceTheyAreVisible() throws Exception {
        VectorIndex index = open();
        put(index, "a", 7, 1, 0);
        index.awaitVisible(soon());

        assertThat(put(index, "a", 6, 0, 1).outcome()).isEqualTo(Outcome.STALE);
        assertThat(put(index, "a", 7, 0, 1).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(put(index, "a", 8, 0, 1).outcome()).isEqualTo(Outcome.STORED);
    }

    @Test
    void anUpsertOlderThanADeleteThatCameFirstIsStale() throws Exception {
        VectorIndex index = open();

        assertThat(delete(index, "a", 5)).isEqualTo(new Written(Outcome.STORED, 5));
        assertThat(put(index, "a", 4, 1, 0)).isEqualTo(new Written(Outcome.STALE, 5));
        index.awaitVisible(soon());
        assertThat(put(index, "a", 5, 1, 0)).isEqualTo(new Written(Outcome.UNCHANGED, 5));
        assertThat(get(index, "a")).isEmpty();

        assertThat(put(index, "a", 6, 1, 0)).isEqualTo(new Written(Outcome.STORED, 6));
        assertThat(get(index, "a")).containsExactly(entry("a", 6, 1, 0));
    }

    @Test
    void deletesNeverShowUp() throws Exception {
        VectorIndex index = open();
        put(index, "a", 1, 1, 0);
        put(index, "b", 1, 1, 0);
        index.awaitVisible(soon());

        delete(index, "a", 2);
        delete(index, "never-there", 1);

        assertThat(get(index, "a", "b", "never-there"))
                .extracting(IndexEntry::id)
                .containsExactly("b");
        index.awaitVisible(soon());
        assertThat(visible(index, Optional.empty())).containsExactly("b");
        assertThat(search(index, near(1, 0)))
                .extracting(hit -> hit.entry().id())
                .containsExactly("b");
        assertThat(scanAll(index, 10, Optional.empty()))
                .extracting(IndexEntry::id)
                .containsExactly("b");
        assertThat(index.stats(soon()).entries()).isEqualTo(1);
    }

    @Test
    void versionsTakeTheWholeRangeThatEventsUse() throws Exception {
        VectorIndex index = open();
        long late = (4_102_444_800_000L << 20) | 0xFFFFF; // the last offset of a millisecond in the year 2100

        assertThat(put(index, "a", late - 1, 1, 0).outcome()).isEqualTo(Outcome.STORED);
        assertThat(put(index, "a", late, 0, 1)).isEqualTo(new Written(Outcome.STORED, late));
        assertThat(put(index, "a", late - 1, 1, 0)).isEqualTo(new Written(Outcome.STALE, late));
        assertThat(get(index, "a")).containsExactly(entry("a", late, 0, 1));
    }

    /// Every order of the same writes, by several threads and with repetitions, ends in the same index.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyOrderOfTheSameWritesEndsInTheSameIndex(long seed) throws Exception {
        // Given
        VectorIndex index = open();
        var random = new Random(seed);
        List<Write> writes = new ArrayList<>();
        Map<String, IndexEntry> expected = new TreeMap<>();
        for (int id = 0; id < 12; id++) {
            Write last = new Write("id-" + id, 0, true);
            for (int version = 1; version <= 6; version++) {
                last = new Write("id-" + id, version, random.nextInt(3) == 0);
                writes.add(last);
                writes.add(last);
            }
            if (!last.delete()) {
                expected.put(last.id(), last.entry());
            }
        }
        Collections.shuffle(writes, random);

        // When
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Written>> answers = new ArrayList<>();
            for (Write write : writes) {
                answers.add(threads.submit(() -> write.to(index, soon())));
            }
            for (Future<Written> answer : answers) {
                answer.get();
            }
        }
        index.awaitVisible(soon());

        // Then
        assertThat(scanAll(index, 5, Optional.empty())).containsExactlyElementsOf(expected.values());
        assertThat(visible(index, Optional.empty())).containsExactlyInAnyOrderElementsOf(expected.keySet());
    }

    @Test
    void refusesWhatACollectionCannotHold() throws Exception {
        VectorIndex index = open();

        refused("EMBEDDING_DIMENSION", () -> put(index, "a", 1, 1, 0, 0));
        refused("ID_INVALID", () -> put(index, "", 1, 1, 0));
        refused("ID_INVALID", () -> put(index, "ä".repeat(257), 1, 1, 0));
        refused("ID_INVALID", () -> delete(index, "", 1));
        refused("VERSION_INVALID", () -> put(index, "a", -1, 1, 0));
        refused("VERSION_INVALID", () -> delete(index, "a", -1));
        refused("ID_INVALID", () -> get(index, "a".repeat(513)));
        refused("FIELD_UNDECLARED", () -> put(index, with(entry("a", 1, 1, 0), Map.of("colour", text("red")))));
        refused("FIELD_TYPE", () -> put(index, with(entry("a", 1, 1, 0), Map.of("year", text("1999")))));
        refused("FIELD_VALUE", () -> put(index, with(entry("a", 1, 1, 0), Map.of("year", number(Double.NaN)))));
        refused("FIELD_VALUE", () -> put(index, with(entry("a", 1, 1, 0), Map.of("place", text("x".repeat(1025))))));
        index.awaitVisible(soon());
        assertThat(visible(index, Optional.empty())).isEmpty();
    }

    @Test
    void takesTheLongestIdsAndEveryLetter() throws Exception {
        VectorIndex index = open();
        List<String> ids = List.of("a".repeat(512), "ä".repeat(256), "a/b?c#d e&f%20", "\"'\\\t", "鳥🐦");
        for (String id : ids) {
            put(index, id, 1, 1, 0);
        }
        index.awaitVisible(soon());

        assertThat(get(index, ids.toArray(new String[0])))
                .extracting(IndexEntry::id)
                .containsExactlyElementsOf(ids);
        assertThat(visible(index, Optional.empty())).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void takesVectorsOfUpTo4096Dimensions() throws Exception {
        CollectionSpec large = spec(4096);
        VectorIndex index = open(large);
        float[] vector = new float[4096];
        vector[4095] = 1;

        put(index, "a", 1, vector);

        assertThat(get(index, "a")).containsExactly(entry("a", 1, vector));
    }

    private record Write(String id, long version, boolean delete) {

        IndexEntry entry() {
            return VectorIndexContract.entry(id, version, (float) version, 1);
        }

        Written to(VectorIndex index, Deadline deadline) throws InterruptedException {
            return delete ? index.delete(id, version, deadline) : index.upsert(entry(), deadline);
        }
    }
}
