package dev.fovea.retrieval.wiring;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.lucene.Backup;
import dev.fovea.lucene.LuceneVectorIndex;
import dev.fovea.retrieval.BackupSummary;
import dev.fovea.retrieval.IndexBackups;
import dev.fovea.vectorindex.VectorIndex;
import java.nio.file.Path;

/// Copies of embedded indexes, each a folder below the configured one.
///
/// @param root made if absent
record LuceneBackups(Path root) implements IndexBackups {
    private static final String NAME = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}";

    @Override
    public BackupSummary backup(VectorIndex index, String name, Deadline deadline) throws InterruptedException {
        if (!(index instanceof LuceneVectorIndex embedded)) {
            return UNSUPPORTED.backup(index, name, deadline);
        }
        if (!name.matches(NAME)) {
            throw new InvalidInput(
                    "BACKUP_NAME_INVALID",
                    "\"" + name + "\" is no name of a backup: 1 to 128 letters, digits, '.', '_' and '-', the first"
                            + " no '.'",
                    name,
                    NAME);
        }
        long images = embedded.stats(deadline).entries();
        Backup backup = embedded.backup(root.resolve(name).toAbsolutePath(), deadline);
        return new BackupSummary(backup.folder(), images, backup.bytes());
    }
}
