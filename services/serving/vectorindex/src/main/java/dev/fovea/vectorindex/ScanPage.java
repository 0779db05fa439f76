package dev.fovea.vectorindex;

import java.util.List;
import java.util.Optional;

/// A part of a scan.
///
/// @param entries in the order of their ids, as bytes of UTF-8
/// @param next where to go on; empty after the last page
public record ScanPage(List<IndexEntry> entries, Optional<String> next) {

    public ScanPage {
        entries = List.copyOf(entries);
    }
}
