package dev.fovea.retrieval.wire;

import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.proto.v1.FieldIn;
import dev.fovea.proto.v1.FieldRange;
import dev.fovea.proto.v1.FilterList;
import dev.fovea.vectorindex.Filter;
import java.util.List;
import java.util.Optional;

/// Filters out of their messages; whether one fits a collection is for the port to say. As deep as a message, whose
/// parser stops at 100 levels.
public final class FilterMapping {
    private FilterMapping() {}

    /// @throws InvalidInput `FILTER_INVALID` if a condition is missing, `FIELD_VALUE` if a value is
    public static Filter filter(dev.fovea.proto.v1.Filter message) {
        return switch (message.getConditionCase()) {
            case EQUALS -> {
                var equals = message.getEquals();
                yield new Filter.Equals(equals.getField(), MetadataMapping.value(equals.getField(), equals.getValue()));
            }
            case IN -> in(message.getIn());
            case RANGE -> range(message.getRange());
            case AND -> new Filter.And(filters(message.getAnd()));
            case OR -> new Filter.Or(filters(message.getOr()));
            case NOT -> new Filter.Not(filter(message.getNot()));
            case CONDITION_NOT_SET ->
                throw new InvalidInput(
                        "FILTER_INVALID", "a filter has no condition", "", "equals, in, range, and, or, not");
        };
    }

    private static Filter in(FieldIn message) {
        return new Filter.In(
                message.getField(),
                message.getValuesList().stream()
                        .map(value -> MetadataMapping.value(message.getField(), value))
                        .toList());
    }

    private static Filter range(FieldRange message) {
        return new Filter.Range(
                message.getField(),
                message.hasFrom()
                        ? Optional.of(MetadataMapping.value(message.getField(), message.getFrom()))
                        : Optional.empty(),
                message.hasTo()
                        ? Optional.of(MetadataMapping.value(message.getField(), message.getTo()))
                        : Optional.empty());
    }

    private static List<Filter> filters(FilterList message) {
        return message.getFiltersList().stream().map(FilterMapping::filter).toList();
    }
}
