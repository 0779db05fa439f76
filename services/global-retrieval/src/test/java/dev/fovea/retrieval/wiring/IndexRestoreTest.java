package dev.fovea.retrieval.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class IndexRestoreTest {

    @Test
    void isACommandWithOneFolder() {
        assertThat(IndexRestore.backup("restore", "backups/monday")).contains(Path.of("backups/monday"));
    }

    @Test
    void isNoCommandWithoutAFolderOrWithAnotherName() {
        assertThat(IndexRestore.backup("restore")).isEmpty();
        assertThat(IndexRestore.backup("restore", "a", "b")).isEmpty();
        assertThat(IndexRestore.backup("backup", "a")).isEmpty();
    }
}
