package dev.fovea.vectorindex;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// A value of a declared metadata field, of an entry or of a filter, as every engine can keep it.
public sealed interface MetadataValue {

    FieldType type();

    /// @param text at most 1,024 bytes of UTF-8
    record OfText(String text) implements MetadataValue {
        @Override
        public FieldType type() {
            return FieldType.TEXT;
        }
    }

    /// @param number finite; -0.0 becomes 0.0, which equals it, though not in the order that engines keep
    record OfNumber(double number) implements MetadataValue {
        public OfNumber {
            number += 0.0;
        }

        @Override
        public FieldType type() {
            return FieldType.NUMBER;
        }
    }

    /// @param time whole milliseconds; the rest is cut off, so a filter's time finds an entry of that time
    record OfTime(Instant time) implements MetadataValue {
        public OfTime {
            time = time.truncatedTo(ChronoUnit.MILLIS);
        }

        @Override
        public FieldType type() {
            return FieldType.TIME;
        }
    }
}
