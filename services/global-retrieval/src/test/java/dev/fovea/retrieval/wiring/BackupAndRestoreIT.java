package dev.fovea.retrieval.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.proto.v1.BackupRequest;
import dev.fovea.proto.v1.BackupResponse;
import dev.fovea.proto.v1.DeleteRequest;
import dev.fovea.proto.v1.ScanRequest;
import dev.fovea.tests.support.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupAndRestoreIT {
    private final Path folder;
    private final Path restored;

    BackupAndRestoreIT(@TempDir Path folder) {
        this.folder = folder;
        this.restored = folder.resolve("restored");
    }

    @Test
    void aRestoredCollectionIsWhatItWasWhenItWasBackedUp() throws Exception {
        // Given
        BackupResponse backup;
        try (var service = Retrieval.start(folder.resolve("service.log"), Retrieval.configuration(folder, Map.of()))) {
            service.store("a", 1);
            service.store("b", 2);
            backup = service.client()
                    .backup(BackupRequest.newBuilder().setName("monday").build());
            service.client().delete(DeleteRequest.newBuilder().setId("a").build());
            service.store("c", 3);
            service.process().terminate();
        }

        // When
        int status = restore(backup.getFolder());

        // Then
        assertThat(status).as(said()).isZero();
        assertThat(said()).contains("restored collection images into");
        assertThat(backup.getImages()).isEqualTo(2);
        Map<String, String> elsewhere = Map.of("fovea.retrieval.lucene.folder", restored.toString());
        try (var service = Retrieval.start(folder.resolve("again.log"), Retrieval.configuration(folder, elsewhere))) {
            assertThat(ids(service)).containsExactly("a", "b");
            assertThat(service.store("d", 4).getKeypoints()).isZero();
            service.process().terminate();
        }

        // And it is not restored over what is there, nor from what is no backup
        assertThat(restore(backup.getFolder())).isEqualTo(2);
        assertThat(said()).contains("a backup is not restored over it: move the folder away first");
        assertThat(restore(folder.resolve("nothing").toString())).isEqualTo(2);
        assertThat(said()).contains("the folder is no backup, or its backup was interrupted");
    }

    private int restore(String backup) throws Exception {
        return ServiceProcess.run(
                Retrieval.SERVICE,
                folder.resolve("restore.log"),
                Map.of("fovea.retrieval.lucene.folder", restored.toString()),
                "restore",
                backup);
    }

    private String said() throws Exception {
        return Files.readString(folder.resolve("restore.log"));
    }

    private static List<String> ids(Retrieval service) {
        return service.client().scan(ScanRequest.getDefaultInstance()).getImagesList().stream()
                .map(Retrieval::id)
                .toList();
    }
}
