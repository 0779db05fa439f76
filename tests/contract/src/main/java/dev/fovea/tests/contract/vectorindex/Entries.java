package dev.fovea.tests.contract.vectorindex;

import dev.fovea.vectorindex.Embedding;
import dev.fovea.vectorindex.FieldType;
import dev.fovea.vectorindex.Filter;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.MetadataValue;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/// Random entries and filters, and what filters mean, written without any engine. Values are few, so that
/// filters meet some.
final class Entries {

    private static final int VALUES = 4;
    private static final List<String> FIELDS = List.of("place", "year", "taken");

    private Entries() {}

    /// Of dimension 2; each field is absent now and then.
    static IndexEntry random(String id, Random random) {
        Map<String, MetadataValue> metadata = new HashMap<>();
        for (String field : FIELDS) {
            if (random.nextInt(3) > 0) {
                metadata.put(field, value(field, random));
            }
        }
        float[] vector = {(float) random.nextGaussian(), (float) random.nextGaussian()};
        return new IndexEntry(id, 1, Embedding.normalized(vector), metadata, ByteBuffer.allocate(0));
    }

    /// @param depth of nesting at most
    static Filter randomFilter(Random random, int depth) {
        String field = FIELDS.get(random.nextInt(FIELDS.size()));
        return switch (random.nextInt(depth > 0 ? 6 : 3)) {
            case 0 -> new Filter.Equals(field, value(field, random));
            case 1 -> new Filter.In(field, List.of(value(field, random), value(field, random)));
            case 2 -> range(random.nextBoolean() ? "year" : "taken", random);
            case 3 -> new Filter.And(several(random, depth - 1));
            case 4 -> new Filter.Or(several(random, depth - 1));
            default -> new Filter.Not(randomFilter(random, depth - 1));
        };
    }

    static boolean meets(IndexEntry entry, Filter filter) {
        return switch (filter) {
            case Filter.Equals(String field, MetadataValue value) ->
                value.equals(entry.metadata().get(field));
            case Filter.In(String field, List<MetadataValue> values) ->
                entry.metadata().containsKey(field)
                        && values.contains(entry.metadata().get(field));
            case Filter.Range(String field, Optional<MetadataValue> from, Optional<MetadataValue> to) ->
                entry.metadata().containsKey(field)
                        && from.stream()
                                .allMatch(bound ->
                                        order(bound) <= order(entry.metadata().get(field)))
                        && to.stream()
                                .allMatch(bound ->
                                        order(bound) >= order(entry.metadata().get(field)));
            case Filter.And(List<Filter> filters) -> filters.stream().allMatch(each -> meets(entry, each));
            case Filter.Or(List<Filter> filters) -> filters.stream().anyMatch(each -> meets(entry, each));
            case Filter.Not(Filter negated) -> !meets(entry, negated);
        };
    }

    private static List<Filter> several(Random random, int depth) {
        List<Filter> filters = new ArrayList<>();
        IntStream.rangeClosed(0, random.nextInt(3)).forEach(_ -> filters.add(randomFilter(random, depth)));
        return filters;
    }

    private static Filter range(String field, Random random) {
        boolean open = random.nextInt(3) == 0;
        return new Filter.Range(
                field, Optional.of(value(field, random)), open ? Optional.empty() : Optional.of(value(field, random)));
    }

    private static MetadataValue value(String field, Random random) {
        int value = random.nextInt(VALUES);
        return switch (VectorIndexContract.FIELDS.getOrDefault(field, FieldType.TEXT)) {
            case TEXT -> new MetadataValue.OfText("text " + value);
            case NUMBER -> new MetadataValue.OfNumber(value * 0.1 - 0.2);
            case TIME -> new MetadataValue.OfTime(Instant.ofEpochMilli(1_000_000_000_000L + value));
        };
    }

    private static double order(MetadataValue value) {
        return switch (value) {
            case MetadataValue.OfText(String text) -> throw new IllegalArgumentException("no order of " + text);
            case MetadataValue.OfNumber(double number) -> number;
            case MetadataValue.OfTime(Instant time) -> time.toEpochMilli();
        };
    }
}
