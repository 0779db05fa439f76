package dev.fovea.lucene;

import java.nio.file.Path;

/// A copy of an index.
///
/// @param files besides the manifest
/// @param bytes of those files
public record Backup(Path folder, String collection, int files, long bytes) {}
