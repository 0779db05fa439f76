package dev.fovea.builder.index.filter;

import dev.fovea.proto.v1.FieldEquals;
import dev.fovea.proto.v1.FieldIn;
import dev.fovea.proto.v1.FieldRange;
import dev.fovea.proto.v1.Filter;
import dev.fovea.proto.v1.FilterList;
import dev.fovea.proto.v1.MetadataValue;
import java.util.List;
import java.util.Set;

/// Comparisons as the service knows them: its ranges hold both of their bounds.
final class Comparison {

    static final Set<String> SIGNS = Set.of("=", "==", "!=", ">", ">=", "<", "<=");

    private static final String TRUE = "true";

    private Comparison() {}

    /// @throws IllegalArgumentException if texts are compared by size
    static Filter of(String field, Token sign, Literal value) {
        boolean bySize = sign.text().startsWith(">") || sign.text().startsWith("<");
        if (bySize && value.isText()) {
            throw FilterText.refuse(
                    value.at(), "texts have no order for " + sign.text() + "; a number or a time is expected");
        }
        Filter equal = equal(field, value.value());
        return switch (sign.text()) {
            case "!=" -> not(equal);
            case ">=" -> from(field, value.value());
            case "<=" -> to(field, value.value());
            case ">" -> without(from(field, value.value()), equal);
            case "<" -> without(to(field, value.value()), equal);
            default -> equal;
        };
    }

    /// @throws IllegalArgumentException if the values are not of one kind
    static Filter in(String field, List<Literal> values) {
        MetadataValue.ValueCase kind = values.getFirst().value().getValueCase();
        for (Literal value : values) {
            if (value.value().getValueCase() != kind) {
                throw FilterText.refuse(value.at(), "the values of \"in\" are not of one kind");
            }
        }
        return Filter.newBuilder()
                .setIn(FieldIn.newBuilder()
                        .setField(field)
                        .addAllValues(values.stream().map(Literal::value).toList()))
                .build();
    }

    static Filter isTrue(String field) {
        return equal(field, MetadataValue.newBuilder().setText(TRUE).build());
    }

    static Filter not(Filter filter) {
        return Filter.newBuilder().setNot(filter).build();
    }

    private static Filter equal(String field, MetadataValue value) {
        return Filter.newBuilder()
                .setEquals(FieldEquals.newBuilder().setField(field).setValue(value))
                .build();
    }

    private static Filter from(String field, MetadataValue bound) {
        return Filter.newBuilder()
                .setRange(FieldRange.newBuilder().setField(field).setFrom(bound))
                .build();
    }

    private static Filter to(String field, MetadataValue bound) {
        return Filter.newBuilder()
                .setRange(FieldRange.newBuilder().setField(field).setTo(bound))
                .build();
    }

    private static Filter without(Filter filter, Filter excluded) {
        return Filter.newBuilder()
                .setAnd(FilterList.newBuilder().addFilters(filter).addFilters(not(excluded)))
                .build();
    }
}
