package dev.fovea.vectorindex;

import java.util.Map;

/// How large an index is.
///
/// @param entries that searches can find
/// @param bytes on disk; of a distributed engine, of all primaries
/// @param bytesByKind the same, by what they are kept for (for example `graph`, `vectors`, `payloads`), as far as the
///     engine can tell
public record IndexStats(long entries, long bytes, Map<String, Long> bytesByKind) {

    public IndexStats {
        bytesByKind = Map.copyOf(bytesByKind);
    }
}
