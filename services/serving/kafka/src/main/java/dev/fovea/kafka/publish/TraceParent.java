package dev.fovea.kafka.publish;

import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A W3C `traceparent`: which trace something belongs to.
///
/// Source: W3C Trace Context, section 3.2 (version 00).
///
/// @param traceId 32 hexadecimal digits, not all zero
/// @param flags 2 hexadecimal digits
public record TraceParent(String traceId, String flags) {

    private static final Pattern FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?");

    /// Empty if the text is none; a wrong trace context must not cost an event.
    public static Optional<TraceParent> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new TraceParent(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /// The same trace with a span of our own, which follows from `result` so that a repeat has the same.
    String continuedBy(UUID result) {
        long spanId = result.getMostSignificantBits();
        return "00-" + traceId + "-" + HexFormat.of().toHexDigits(spanId) + "-" + flags;
    }
}
