package dev.fovea.builder.index.metadata;

import dev.fovea.proto.v1.MetadataValue;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Metadata as text, for tables and pictures.
public final class MetadataText {

    private MetadataText() {}

    /// `kind=a, price=12`, sorted by field.
    public static String of(Map<String, MetadataValue> metadata) {
        return new TreeMap<>(metadata)
                .entrySet().stream()
                        .map(field -> field.getKey() + "=" + of(field.getValue()))
                        .collect(Collectors.joining(", "));
    }

    /// Numbers without a needless fraction, times in UTC.
    public static String of(MetadataValue value) {
        return switch (value.getValueCase()) {
            case TEXT -> value.getText();
            case NUMBER -> number(value.getNumber());
            case TIME -> Times.text(value.getTime());
            case VALUE_NOT_SET -> "";
        };
    }

    private static String number(double number) {
        return Double.isFinite(number) && number == Math.rint(number) && Math.abs(number) < 1e15
                ? BigDecimal.valueOf((long) number).toPlainString()
                : String.valueOf(number);
    }
}
