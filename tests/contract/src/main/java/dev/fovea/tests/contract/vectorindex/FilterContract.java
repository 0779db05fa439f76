package dev.fovea.tests.contract.vectorindex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.vectorindex.Filter;
import dev.fovea.vectorindex.Filter.And;
import dev.fovea.vectorindex.Filter.Equals;
import dev.fovea.vectorindex.Filter.In;
import dev.fovea.vectorindex.Filter.Not;
import dev.fovea.vectorindex.Filter.Or;
import dev.fovea.vectorindex.Filter.Range;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.MetadataValue;
import dev.fovea.vectorindex.VectorIndex;
import dev.fovea.vectorindex.VectorQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Filters mean what [Entries] says, in searches of both kinds and in scans.
public abstract class FilterContract extends VectorIndexContract {

    private static final String DAY = "2026-05-17T10:00:00Z";

    @Test
    void everyConditionMeetsTheEntriesItSays() throws Exception {
        VectorIndex index = filled();

        assertThat(visible(index, Optional.of(new Equals("place", text("Köln")))))
                .containsExactly("a", "b");
        assertThat(visible(index, Optional.of(new Equals("place", text("köln")))))
                .isEmpty();
        assertThat(visible(index, Optional.of(new In("place", List.of(text("Köln"), text("Rom"))))))
                .containsExactly("a", "b", "c");
        assertThat(visible(index, Optional.of(new Equals("year", number(1999.5)))))
                .containsExactly("b");
        assertThat(visible(index, Optional.of(new In("year", List.of(number(-3), number(1999.5))))))
                .containsExactly("b", "c");
        assertThat(visible(index, Optional.of(new Equals("taken", time(DAY))))).containsExactly("a");
        assertThat(visible(index, Optional.of(new In("taken", List.of(time(DAY), time("1900-01-01T00:00:00Z"))))))
                .containsExactly("a", "c");
    }

    @Test
    void rangesIncludeTheirBoundsAndMayBeOpenOnOneSide() throws Exception {
        VectorIndex index = filled();

        assertThat(visible(index, range("year", -3, 1999.5))).containsExactly("b", "c");
        assertThat(visible(index, range("year", -2.999, 1999.4))).isEmpty();
        assertThat(visible(index, Optional.of(new Range("year", Optional.of(number(1999.5)), Optional.empty()))))
                .containsExactly("a", "b");
        assertThat(visible(index, Optional.of(new Range("year", Optional.empty(), Optional.of(number(0))))))
                .containsExactly("c");
        assertThat(visible(index, Optional.of(new Range("taken", Optional.empty(), Optional.of(time(DAY))))))
                .containsExactly("a", "c");
        assertThat(visible(index, Optional.of(new Range("taken", Optional.of(time(DAY)), Optional.empty()))))
                .containsExactly("a", "d");
        assertThat(visible(index, range("year", 10, 5))).isEmpty();
    }

    @Test
    void timesAreMetToTheMillisecond() throws Exception {
        VectorIndex index = filled();
        MetadataValue taken = time("2026-05-17T10:00:00.000700Z");
        put(index, with(entry("f", 1, 1, 0), Map.of("taken", taken)));
        index.awaitVisible(soon());

        assertThat(visible(index, Optional.of(new Range("taken", Optional.of(taken), Optional.empty()))))
                .containsExactly("a", "d", "f");
        assertThat(visible(index, Optional.of(new Range("taken", Optional.empty(), Optional.of(taken)))))
                .containsExactly("a", "c", "f");
        assertThat(visible(index, Optional.of(new Equals("taken", time("2026-05-17T10:00:00.000300Z")))))
                .containsExactly("a", "f");
        assertThat(get(index, "f"))
                .singleElement()
                .extracting(entry -> entry.metadata().get("taken"))
                .isEqualTo(time(DAY));
    }

    @Test
    void thereIsOneZero() throws Exception {
        VectorIndex index = filled();
        put(index, with(entry("minus", 1, 1, 0), Map.of("year", number(-0.0))));
        put(index, with(entry("plus", 1, 1, 0), Map.of("year", number(0.0))));
        index.awaitVisible(soon());

        for (double zero : new double[] {-0.0, 0.0}) {
            assertThat(visible(index, Optional.of(new Equals("year", number(zero)))))
                    .containsExactly("minus", "plus");
            assertThat(visible(index, Optional.of(new In("year", List.of(number(zero), number(7))))))
                    .containsExactly("minus", "plus");
            assertThat(visible(index, range("year", zero, 1))).containsExactly("minus", "plus");
            assertThat(visible(index, range("year", -1, zero))).containsExactly("minus", "plus");
        }
    }

    @Test
    void anEntryWithoutTheFieldMeetsNoneButANot() throws Exception {
        VectorIndex index = filled(); // e has no fields
        Filter atKoeln = new Equals("place", text("Köln"));

        assertThat(visible(index, Optional.of(new Not(atKoeln)))).containsExactly("c", "d", "e");
        assertThat(visible(index, Optional.of(new Not(new Not(atKoeln))))).containsExactly("a", "b");
        assertThat(visible(index, Optional.of(new Or(List.of(atKoeln, new Not(atKoeln))))))
                .containsExactly("a", "b", "c", "d", "e");
        assertThat(visible(index, Optional.of(new And(List.of(atKoeln, new Not(atKoeln))))))
                .isEmpty();
        assertThat(visible(
                        index, Optional.of(new Not(range("year", -1e300, 1e300).orElseThrow()))))
                .containsExactly("d", "e");
        assertThat(visible(
                        index, Optional.of(new And(List.of(new Not(atKoeln), new Not(new Equals("year", number(1))))))))
                .containsExactly("c", "d", "e");
    }

    @Test
    void aDeletedEntryMeetsNothing() throws Exception {
        VectorIndex index = filled();
        delete(index, "a", 9);
        index.awaitVisible(soon());

        assertThat(visible(index, Optional.of(new Not(new Equals("place", text("nowhere"))))))
                .containsExactly("b", "c", "d", "e");
        assertThat(scanAll(index, 2, Optional.of(new Not(new Equals("place", text("nowhere"))))))
                .extracting(IndexEntry::id)
                .containsExactly("b", "c", "d", "e");
    }

    @Test
    void aReplacedEntryMeetsFiltersByItsNewFieldsOnly() throws Exception {
        VectorIndex index = filled();
        put(index, with(entry("a", 9, 1, 0), Map.of("year", number(5))));
        index.awaitVisible(soon());

        assertThat(visible(index, Optional.of(new Equals("place", text("Köln")))))
                .containsExactly("b");
        assertThat(visible(index, Optional.of(new Equals("year", number(5))))).containsExactly("a");
    }

    @Test
    void refusesFiltersThatMeanNothing() throws Exception {
        VectorIndex index = open();

        refused("FIELD_UNDECLARED", () -> visible(index, Optional.of(new Equals("colour", text("red")))));
        refused("FIELD_TYPE", () -> visible(index, Optional.of(new Not(new Equals("year", text("1999"))))));
        refused("FIELD_TYPE", () -> visible(index, Optional.of(new In("year", List.of(number(1), text("2"))))));
        refused("FIELD_VALUE", () -> visible(index, range("year", Double.NaN, 1)));
        refused("FILTER_INVALID", () -> visible(index, Optional.of(new In("year", List.of()))));
        refused("FILTER_INVALID", () -> visible(index, Optional.of(new And(List.of()))));
        refused("FILTER_INVALID", () -> visible(index, Optional.of(new Or(List.of()))));
        refused(
                "FILTER_INVALID",
                () -> visible(index, Optional.of(new Range("year", Optional.empty(), Optional.empty()))));
        refused(
                "FILTER_INVALID",
                () -> visible(index, Optional.of(new Range("place", Optional.of(text("a")), Optional.empty()))));
        refused(
                "FILTER_INVALID",
                () -> scanAll(index, 1, Optional.of(new Range("year", Optional.empty(), Optional.empty()))));
    }

    /// Random filters over random entries, against the filters' meaning written down a second time.
    @Test
    void anyFilterFindsWhatItMeans() throws Exception {
        // Given
        var random = new Random(5);
        var index = open();
        List<IndexEntry> entries = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            entries.add(Entries.random("id-" + i, random));
            put(index, entries.getLast());
        }
        index.awaitVisible(soon());

        for (int i = 0; i < 100; i++) {
            // When
            Filter filter = Entries.randomFilter(random, 3);
            List<String> expected = entries.stream()
                    .filter(entry -> Entries.meets(entry, filter))
                    .map(IndexEntry::id)
                    .sorted()
                    .toList();

            // Then
            assertThat(visible(index, Optional.of(filter)))
                    .as(filter.toString())
                    .isEqualTo(expected);
            assertThat(scanAll(index, 7, Optional.of(filter)))
                    .as(filter.toString())
                    .extracting(IndexEntry::id)
                    .isEqualTo(expected);
            var approximate = new VectorQuery(near(1, 0).vector(), 60, 60, false, -2, Optional.of(filter), Set.of());
            assertThat(search(index, approximate))
                    .as(filter.toString())
                    .extracting(hit -> hit.entry().id())
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private VectorIndex filled() throws InterruptedException {
        VectorIndex index = open();
        put(index, with(entry("a", 1, 1, 0), Map.of("place", text("Köln"), "year", number(2026), "taken", time(DAY))));
        put(index, with(entry("b", 1, 1, 1), Map.of("place", text("Köln"), "year", number(1999.5))));
        put(
                index,
                with(
                        entry("c", 1, 0, 1),
                        Map.of("place", text("Rom"), "year", number(-3), "taken", time("1900-01-01T00:00:00Z"))));
        put(index, with(entry("d", 1, -1, 1), Map.of("taken", time("2026-05-17T10:00:00.001Z"))));
        put(index, entry("e", 1, -1, 0));
        index.awaitVisible(soon());
        return index;
    }

    private static Optional<Filter> range(String field, double from, double to) {
        return Optional.of(new Range(field, Optional.of(number(from)), Optional.of(number(to))));
    }
}
