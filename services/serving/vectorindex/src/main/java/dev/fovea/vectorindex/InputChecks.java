package dev.fovea.vectorindex;

import dev.fovea.inference.failure.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// What every engine refuses, in the same words: input that does not fit the collection. Any thread.
///
/// @see VectorIndex
public record InputChecks(CollectionSpec spec) {

    private static final int MAX_ID_BYTES = 512;
    private static final int MAX_TEXT_BYTES = 1024;
    private static final int MAX_CONDITIONS = 500;

    /// @throws InvalidInput `ID_INVALID`, `VERSION_INVALID`, `EMBEDDING_DIMENSION`, `FIELD_UNDECLARED`, `FIELD_TYPE` or
    ///     `FIELD_VALUE`
    public void requireFits(IndexEntry entry) {
        requireWritable(entry.id(), entry.version());
        requireDimension(entry.vector());
        requireFits(entry.metadata());
    }

    /// @throws InvalidInput `FIELD_UNDECLARED`, `FIELD_TYPE` or `FIELD_VALUE`
    public void requireFits(Map<String, MetadataValue> metadata) {
        metadata.forEach(this::requireValue);
    }

    /// @throws InvalidInput `ID_INVALID` or `VERSION_INVALID`
    public void requireWritable(String id, long version) {
        requireId(id);
        if (version < 0) {
            throw new InvalidInput(
                    "VERSION_INVALID", "the version of \"" + id + "\" is " + version + ", less than 0", version, 0);
        }
    }

    /// @throws InvalidInput `ID_INVALID`
    public void requireId(String id) {
        int bytes = id.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > MAX_ID_BYTES) {
            throw new InvalidInput(
                    "ID_INVALID",
                    "an id has 1 to " + MAX_ID_BYTES + " bytes of UTF-8, this one has " + bytes,
                    bytes,
                    MAX_ID_BYTES);
        }
    }

    /// @throws InvalidInput `EMBEDDING_DIMENSION`, `K_INVALID`, `CANDIDATES_INVALID`, or as for filters
    public void requireFits(VectorQuery query) {
        requireDimension(query.vector());
        if (query.k() < 1) {
            throw new InvalidInput("K_INVALID", "k is " + query.k() + ", it must be at least 1", query.k(), 1);
        }
        if (!query.exact() && query.candidates() < query.k()) {
            throw new InvalidInput(
                    "CANDIDATES_INVALID",
                    "candidates are " + query.candidates() + ", fewer than k, which is " + query.k(),
                    query.candidates(),
                    query.k());
        }
        query.filter().ifPresent(this::requireFits);
    }

    /// @param limit of a scan's page
    /// @throws InvalidInput `LIMIT_INVALID`
    public void requireLimit(int limit) {
        if (limit < 1) {
            throw new InvalidInput("LIMIT_INVALID", "a page of " + limit + " entries was asked for", limit, 1);
        }
    }

    /// @throws InvalidInput `FIELD_UNDECLARED`, `FIELD_TYPE`, `FIELD_VALUE` or `FILTER_INVALID`
    public void requireFits(Filter filter) {
        int conditions = conditions(filter);
        if (conditions > MAX_CONDITIONS) {
            throw new InvalidInput(
                    "FILTER_INVALID",
                    "the filter has " + conditions + " conditions, at most " + MAX_CONDITIONS + " are allowed",
                    conditions,
                    MAX_CONDITIONS);
        }
        requireOperands(filter);
    }

    /// Every `and`, `or` and `not` counts as well; the values of an `in` do not.
    private static int conditions(Filter filter) {
        return switch (filter) {
            case Filter.And and -> 1 + conditions(and.filters());
            case Filter.Or or -> 1 + conditions(or.filters());
            case Filter.Not not -> 1 + conditions(not.filter());
            case Filter.Equals _, Filter.In _, Filter.Range _ -> 1;
        };
    }

    private static int conditions(List<Filter> filters) {
        return filters.stream().mapToInt(InputChecks::conditions).sum();
    }

    private void requireOperands(Filter filter) {
        switch (filter) {
            case Filter.Equals equals -> requireValue(equals.field(), equals.value());
            case Filter.In in -> {
                requireSome(in.values(), "a filter by one of several values of \"" + in.field() + "\" has no values");
                in.values().forEach(value -> requireValue(in.field(), value));
            }
            case Filter.Range range -> requireRange(range);
            case Filter.And and -> requireAll(and.filters(), "a filter \"and\" has no parts");
            case Filter.Or or -> requireAll(or.filters(), "a filter \"or\" has no parts");
            case Filter.Not not -> requireOperands(not.filter());
        }
    }

    private void requireRange(Filter.Range range) {
        if (range.from().isEmpty() && range.to().isEmpty()) {
            throw new InvalidInput(
                    "FILTER_INVALID", "the range of \"" + range.field() + "\" has no bound", 0, "1 or 2 bounds");
        }
        range.from().ifPresent(from -> requireValue(range.field(), from));
        range.to().ifPresent(to -> requireValue(range.field(), to));
        if (spec.fields().get(range.field()) == FieldType.TEXT) {
            throw new InvalidInput(
                    "FILTER_INVALID",
                    "\"" + range.field() + "\" is text; ranges are for numbers and times",
                    FieldType.TEXT,
                    "NUMBER or TIME");
        }
    }

    private void requireAll(List<Filter> filters, String otherwise) {
        requireSome(filters, otherwise);
        filters.forEach(this::requireOperands);
    }

    private static void requireSome(List<?> parts, String otherwise) {
        if (parts.isEmpty()) {
            throw new InvalidInput("FILTER_INVALID", otherwise, 0, "at least 1");
        }
    }

    /// @throws InvalidInput `EMBEDDING_DIMENSION`
    public void requireDimension(Embedding vector) {
        if (vector.dimension() != spec.dimension()) {
            throw new InvalidInput(
                    "EMBEDDING_DIMENSION",
                    "the embedding has " + vector.dimension() + " values, those of collection \"" + spec.name()
                            + "\" have " + spec.dimension(),
                    vector.dimension(),
                    spec.dimension());
        }
    }

    private void requireValue(String field, MetadataValue value) {
        requireType(field, value);
        requireStorable(field, value);
    }

    private void requireType(String field, MetadataValue value) {
        FieldType declared = spec.fields().get(field);
        if (declared == null) {
            throw new InvalidInput(
                    "FIELD_UNDECLARED",
                    "collection \"" + spec.name() + "\" declares no field \"" + field + "\"",
                    field,
                    spec.fields().keySet());
        }
        if (declared != value.type()) {
            throw new InvalidInput(
                    "FIELD_TYPE",
                    "field \"" + field + "\" is declared as " + declared + ", the value is a " + value.type(),
                    value.type(),
                    declared);
        }
    }

    private static void requireStorable(String field, MetadataValue value) {
        switch (value) {
            case MetadataValue.OfText text -> {
                int bytes = text.text().getBytes(StandardCharsets.UTF_8).length;
                if (bytes > MAX_TEXT_BYTES) {
                    throw new InvalidInput(
                            "FIELD_VALUE",
                            "field \"" + field + "\" has " + bytes + " bytes of text, at most " + MAX_TEXT_BYTES
                                    + " are kept",
                            bytes,
                            MAX_TEXT_BYTES);
                }
            }
            case MetadataValue.OfNumber number -> {
                if (!Double.isFinite(number.number())) {
                    throw new InvalidInput(
                            "FIELD_VALUE",
                            "field \"" + field + "\" is " + number.number() + ", which is not finite",
                            number.number(),
                            "finite");
                }
            }
            case MetadataValue.OfTime time -> requireMilliseconds(field, time);
        }
    }

    private static void requireMilliseconds(String field, MetadataValue.OfTime time) {
        try {
            long unused = time.time().toEpochMilli();
        } catch (ArithmeticException tooFar) {
            throw new InvalidInput(
                    "FIELD_VALUE",
                    "field \"" + field + "\" is " + time.time() + ", beyond 64 bits of milliseconds",
                    time.time(),
                    "64 bits of milliseconds");
        }
    }
}
