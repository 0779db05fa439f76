package dev.fovea.retrieval.wiring;

import dev.fovea.lucene.Backup;
import dev.fovea.lucene.LuceneBackup;
import dev.fovea.quarkus.ServiceProgram;
import dev.fovea.vectorindex.IndexRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/// The command `restore BACKUP_FOLDER`: makes a collection of a backup, in the configured folder, and ends. No service
/// may run on that collection.
final class IndexRestore {
    static final String COMMAND = "restore";

    private static final String FOLDER = "fovea.retrieval.lucene.folder";

    private IndexRestore() {}

    /// The folder to restore from; empty if the arguments are no such command.
    static Optional<Path> backup(String... args) {
        return args.length == 2 && args[0].equals(COMMAND) ? Optional.of(Path.of(args[1])) : Optional.empty();
    }

    /// Ends the process with status 2 if the backup is damaged or the collection exists already. Nothing is configured
    /// yet that could log, and the message is for the person who started it.
    @SuppressWarnings("SystemOut")
    static void run(Path backup) {
        Path root = Path.of(ConfigProvider.getConfig()
                .getOptionalValue(FOLDER, String.class)
                .orElse("index"));
        try {
            Backup restored = LuceneBackup.restore(backup, root);
            System.out.println("restored collection " + restored.collection() + " into " + restored.folder() + ": "
                    + restored.files() + " files, " + restored.bytes() + " bytes");
        } catch (IndexRefused | IOException failed) {
            ServiceProgram.refuse("backup " + backup + " cannot be restored: " + failed.getMessage());
        }
    }
}
