package dev.fovea.tests.contract.vectorindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.vectorindex.Embedding;
import dev.fovea.vectorindex.Filter;
import dev.fovea.vectorindex.Hit;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.Part;
import dev.fovea.vectorindex.VectorIndex;
import dev.fovea.vectorindex.VectorQuery;
import dev.fovea.vectorindex.VectorStorage;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Searches: scores are inner products, exact ones are complete, approximate ones nearly so.
public abstract class SearchContract extends VectorIndexContract {

    private static final int ENTRIES = 2000;
    private static final int DIMENSION = 64;
    private static final int QUERIES = 50;
    private static final int K = 10;

    /// Inner products summed by several threads of a vector register end in other last digits.
    private static final float ROUNDING = 2e-6f;

    /// Least share of the true ten nearest that approximate searches with 100 candidates must find.
    protected double recall(VectorStorage storage) {
        return 0.97;
    }

    @Test
    void theScoreIsTheInnerProductBestFirst() throws Exception {
        VectorIndex index = open();
        put(index, "opposite", 1, -1, 0);
        put(index, "same", 1, 1, 0);
        put(index, "between", 1, 3, 4);
        index.awaitVisible(soon());

        for (VectorQuery query : List.of(near(2, 0), exact(near(2, 0)))) {
            List<Hit> hits = search(index, query);
            assertThat(hits).extracting(hit -> hit.entry().id()).containsExactly("same", "between", "opposite");
            assertThat(hits.get(0).score()).isCloseTo(1, within(ROUNDING));
            assertThat(hits.get(1).score()).isCloseTo(0.6f, within(ROUNDING));
            assertThat(hits.get(2).score()).isCloseTo(-1, within(ROUNDING));
        }
    }

    @Test
    void tiesAreOrderedById() throws Exception {
        VectorIndex index = open();
        for (String id : List.of("c", "a", "ä", "B", "d", "b")) {
            put(index, id, 1, 1, 0);
        }
        index.awaitVisible(soon());

        assertThat(search(index, exact(near(1, 1))))
                .extracting(hit -> hit.entry().id())
                .containsExactly("B", "a", "b", "c", "d", "ä");
        assertThat(search(index, exact(query(near(1, 1), 2, -2))))
                .extracting(hit -> hit.entry().id())
                .containsExactly("B", "a");
    }

    @Test
    void hitsBelowTheLeastScoreAreLeftOut() throws Exception {
        VectorIndex index = open();
        put(index, "same", 1, 1, 0);
        put(index, "between", 1, 3, 4);
        put(index, "opposite", 1, -1, 0);
        index.awaitVisible(soon());

        for (VectorQuery query : List.of(query(near(1, 0), 10, 0.5f), exact(query(near(1, 0), 10, 0.5f)))) {
            assertThat(search(index, query)).extracting(hit -> hit.entry().id()).containsExactly("same", "between");
        }
    }

    @Test
    void hitsComeWithTheirMetadataAndTheWantedPartsOnly() throws Exception {
        VectorIndex index = open();
        IndexEntry whole = with(with(entry("a", 3, 3, 4), Map.of("year", number(2026))), "payload");
        put(index, whole);
        index.awaitVisible(soon());

        assertThat(only(index, Set.of(Part.VECTOR, Part.PAYLOAD))).isEqualTo(whole);
        assertThat(only(index, Set.of(Part.VECTOR)))
                .isEqualTo(new IndexEntry("a", 3, whole.vector(), whole.metadata(), ByteBuffer.allocate(0)));
        assertThat(only(index, Set.of(Part.PAYLOAD)))
                .isEqualTo(new IndexEntry("a", 3, Embedding.NONE, whole.metadata(), whole.payload()));
        assertThat(only(index, Set.of()))
                .isEqualTo(new IndexEntry("a", 3, Embedding.NONE, whole.metadata(), ByteBuffer.allocate(0)));
    }

    @Test
    void anEmptyIndexFindsNothing() throws Exception {
        VectorIndex index = open();

        assertThat(search(index, near(1, 0))).isEmpty();
        assertThat(search(index, exact(near(1, 0)))).isEmpty();
        assertThat(search(index, filtered(near(1, 0), new Filter.Equals("year", number(1)))))
                .isEmpty();
    }

    @Test
    void refusesQueriesThatDoNotFit() throws Exception {
        VectorIndex index = open();

        refused("EMBEDDING_DIMENSION", () -> search(index, near(1, 0, 0)));
        refused("K_INVALID", () -> search(index, query(near(1, 0), 0, -1)));
        refused("CANDIDATES_INVALID", () -> search(index, query(near(1, 0), 51, -1)));
    }

    @Test
    void exactSearchesEqualBruteForce() throws Exception {
        for (VectorStorage storage : storages()) {
            var vectors = new ClusteredVectors(ENTRIES, DIMENSION, 1);
            VectorIndex index = filled(vectors, storage);
            for (Embedding query : vectors.queries(QUERIES)) {
                List<Hit> hits = search(index, exact(query(query)));
                assertRanked(hits, vectors, query, IntStream.range(0, ENTRIES).toArray());
            }
        }
    }

    @Test
    void exactFilteredSearchesEqualBruteForce() throws Exception {
        var vectors = new ClusteredVectors(ENTRIES, DIMENSION, 2);
        VectorIndex index = filled(vectors, storages().getFirst());
        int[] seventh = IntStream.range(0, ENTRIES).filter(i -> i % 7 == 3).toArray();
        for (Embedding query : vectors.queries(QUERIES)) {
            Filter filter = new Filter.Equals("year", number(3));
            assertRanked(search(index, exact(filtered(query(query), filter))), vectors, query, seventh);
        }
    }

    @Test
    void approximateSearchesFindNearlyAllOfTheNearest() throws Exception {
        for (VectorStorage storage : storages()) {
            var vectors = new ClusteredVectors(ENTRIES, DIMENSION, 3);
            VectorIndex index = filled(vectors, storage);
            int[] all = IntStream.range(0, ENTRIES).toArray();
            int[] seventh = IntStream.range(0, ENTRIES).filter(i -> i % 7 == 3).toArray();
            int found = 0;
            int foundFiltered = 0;
            for (Embedding query : vectors.queries(QUERIES)) {
                found += common(search(index, query(query)), vectors.nearest(query, all, K));
                Filter filter = new Filter.Equals("year", number(3));
                foundFiltered +=
                        common(search(index, filtered(query(query), filter)), vectors.nearest(query, seventh, K));
            }

            assertThat(found / (double) (QUERIES * K))
                    .as("recall of %s", storage)
                    .isGreaterThan(recall(storage));
            assertThat(foundFiltered / (double) (QUERIES * K))
                    .as("recall of %s under a filter", storage)
                    .isGreaterThan(recall(storage));
        }
    }

    private VectorIndex filled(ClusteredVectors vectors, VectorStorage storage) throws Exception {
        VectorIndex index = open(spec(DIMENSION, storage));
        List<IndexEntry> entries = IntStream.range(0, ENTRIES)
                .mapToObj(i -> new IndexEntry(
                        name(i), 1, vectors.get(i), Map.of("year", number(i % 7)), ByteBuffer.allocate(0)))
                .toList();
        putAll(index, entries);
        index.awaitVisible(soon());
        return index;
    }

    /// Scores are the k largest there are, in order, each the inner product of its own entry.
    private static void assertRanked(List<Hit> hits, ClusteredVectors vectors, Embedding query, int[] among) {
        List<Integer> nearest = vectors.nearest(query, among, K);
        assertThat(hits)
                .hasSize(K)
                .isSortedAccordingTo(Comparator.comparing(Hit::score).reversed());
        for (int i = 0; i < K; i++) {
            int found = Integer.parseInt(hits.get(i).entry().id());
            assertThat(hits.get(i).score()).isCloseTo((float) query.dot(vectors.get(found)), within(ROUNDING));
            assertThat(hits.get(i).score()).isCloseTo((float) query.dot(vectors.get(nearest.get(i))), within(ROUNDING));
        }
    }

    private static int common(List<Hit> hits, List<Integer> nearest) {
        Set<String> wanted = new HashSet<>();
        nearest.forEach(i -> wanted.add(name(i)));
        return (int)
                hits.stream().filter(hit -> wanted.contains(hit.entry().id())).count();
    }

    private IndexEntry only(VectorIndex index, Set<Part> parts) throws InterruptedException {
        VectorQuery query = new VectorQuery(near(1, 0).vector(), 1, 1, false, -2, Optional.empty(), parts);
        assertThat(search(index, query)).isEqualTo(search(index, exact(query))).hasSize(1);
        return search(index, query).getFirst().entry();
    }

    private static VectorQuery query(Embedding vector) {
        return new VectorQuery(vector, K, 100, false, -2, Optional.empty(), Set.of());
    }

    private static VectorQuery query(VectorQuery query, int k, float minScore) {
        return new VectorQuery(
                query.vector(), k, query.candidates(), query.exact(), minScore, query.filter(), query.parts());
    }

    private static String name(int i) {
        return String.valueOf(i);
    }
}
