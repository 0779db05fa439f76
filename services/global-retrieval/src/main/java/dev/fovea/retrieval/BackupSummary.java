package dev.fovea.retrieval;

import java.nio.file.Path;

/// A copy of an index.
///
/// @param folder on the service's machine
public record BackupSummary(Path folder, long images, long bytes) {}
