package dev.fovea.builder.index.metadata;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// Times as text: ISO 8601 with a zone, `2026-11-21T08:30:00Z` or `2026-11-21T09:30:00+01:00`, or a date alone, which
/// is its midnight in UTC.
public final class Times {

    private static final int DATE = 10;

    private Times() {}

    /// @throws java.time.format.DateTimeParseException if it is no such time
    public static Timestamp parse(String text) {
        Instant time = text.length() <= DATE
                ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : OffsetDateTime.parse(text).toInstant();
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    /// Always with the time of day, in UTC.
    public static String text(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString();
    }
}
