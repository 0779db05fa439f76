package dev.fovea.retrieval;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.vectorindex.VectorIndex;

/// Makes copies of indexes, where the engine can.
@FunctionalInterface
public interface IndexBackups {

    /// Of an engine that keeps its own snapshots.
    IndexBackups UNSUPPORTED = (index, _, _) -> {
        throw new InvalidInput(
                "BACKUP_UNSUPPORTED",
                "engine " + index.engine() + " has no backups of its own here; use its snapshots",
                index.engine(),
                "lucene");
    };

    /// As of now, durable.
    ///
    /// @param name of the new folder
    /// @throws InvalidInput `BACKUP_UNSUPPORTED`, `BACKUP_NAME_INVALID`, or
    ///     `BACKUP_TARGET_INVALID` if there is something of that name already
    BackupSummary backup(VectorIndex index, String name, Deadline deadline) throws InterruptedException;
}
