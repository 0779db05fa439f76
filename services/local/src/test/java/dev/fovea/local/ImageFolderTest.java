package dev.fovea.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void findsImagesBelowTheFolderInNameOrder() throws IOException {
        write("z.png");
        write("sub/deep/b.JPEG");
        write("a.jpg");

        ImageFolder found = ImageFolder.scan(folder);

        assertThat(found.images()).extracting(ImageFile::key).containsExactly("a.jpg", "sub/deep/b.JPEG", "z.png");
        assertThat(found.images())
                .extracting(ImageFile::contentType)
                .containsExactly("image/jpeg", "image/jpeg", "image/png");
        assertThat(found.images().get(1).series()).isEqualTo("sub/deep");
        assertThat(found.images().get(0).series()).isEmpty();
    }

    @Test
    void listsWhatIsNoImageAndSaysWhy() throws IOException {
        write("a.jpg");
        write("notes.txt");
        try (RandomAccessFile large =
                new RandomAccessFile(folder.resolve("large.png").toFile(), "rw")) {
            large.setLength((16 << 20) + 1);
        }

        ImageFolder found = ImageFolder.scan(folder);

        assertThat(found.images()).extracting(ImageFile::key).containsExactly("a.jpg");
        assertThat(found.skipped())
                .containsExactly(
                        "large.png (16777217 bytes, above the limit of 16777216)", "notes.txt (no image by its name)");
    }

    @Test
    void passesHiddenFilesOverInSilence() throws IOException {
        write(".hidden/a.jpg");
        write("sub/.b.jpg");

        ImageFolder found = ImageFolder.scan(folder);

        assertThat(found.images()).isEmpty();
        assertThat(found.skipped()).isEmpty();
    }

    @Test
    void refusesWhatIsNoFolder() throws IOException {
        write("a.jpg");

        assertThatThrownBy(() -> ImageFolder.scan(folder.resolve("a.jpg"))).hasMessageContaining("is not a folder");
        assertThatThrownBy(() -> ImageFolder.scan(folder.resolve("none"))).hasMessageContaining("does not exist");
    }

    private void write(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {1});
    }
}
