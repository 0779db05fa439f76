package dev.fovea.vectorindex;

import java.time.Instant;

/// A value of a declared metadata field.
public sealed interface MetadataValue {

    FieldType type();

    /// @param text at most 1,024 bytes of UTF-8
    record OfText(String text) implements MetadataValue {
        @Override
        public FieldType type() {
            return FieldType.TEXT;
        }
    }

    /// @param number finite
    record OfNumber(double number) implements MetadataValue {
        @Override
        public FieldType type() {
            return FieldType.NUMBER;
        }
    }

    /// @param time kept to the millisecond
    record OfTime(Instant time) implements MetadataValue {
        @Override
        public FieldType type() {
            return FieldType.TIME;
        }
    }
}
