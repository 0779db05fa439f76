package dev.fovea.local.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledFolderTest {

    private static final FileTime YESTERDAY = FileTime.fromMillis(1_700_000_000_000L);

    @TempDir
    private Path folder = Path.of("");

    private Path flowers = Path.of("");

    @BeforeEach
    void writesTwoClassesOfTen() throws IOException {
        flowers = folder.resolve("My Flowers");
        for (int i = 0; i < 10; i++) {
            write("rose/" + i + ".jpg");
            write("tulip/deep/" + i + ".jpg");
        }
    }

    @Test
    void theModelIsNamedAfterTheFolder() throws IOException {
        assertThat(LabelledFolder.of(flowers).model()).matches("my-flowers-[0-9a-f]{8}");
        assertThat(LabelledFolder.of(flowers).version()).isEqualTo(1);
    }

    @Test
    void theSameContentIsTheSameModel() throws IOException {
        assertThat(LabelledFolder.of(flowers)).isEqualTo(LabelledFolder.of(flowers.resolve("..", "My Flowers")));
    }

    @Test
    void anotherContentIsAnotherModel() throws IOException {
        String before = LabelledFolder.of(flowers).model();

        write("rose/more.jpg");
        String more = LabelledFolder.of(flowers).model();
        Files.setLastModifiedTime(flowers.resolve("rose/more.jpg"), FileTime.fromMillis(0));
        String newer = LabelledFolder.of(flowers).model();
        Files.move(flowers.resolve("rose/more.jpg"), flowers.resolve("tulip/more.jpg"));
        String other = LabelledFolder.of(flowers).model();

        assertThat(new String[] {before, more, newer, other}).doesNotHaveDuplicates();
    }

    @Test
    void aFifthOfEachClassIsHeldOut() throws IOException {
        Map<String, String> heldOut = LabelledFolder.of(flowers).heldOut();

        assertThat(heldOut.values()).containsExactly("rose", "rose", "tulip", "tulip");
        assertThat(heldOut.keySet()).allMatch(key -> key.startsWith("rose/") || key.startsWith("tulip/deep/"));
    }

    @Test
    void aFolderOfOneClassIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("one/only"));

        assertThatThrownBy(() -> LabelledFolder.of(folder.resolve("one")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has 1 sub-folders; at least 2 are needed, one for each class");
    }

    @Test
    void whatIsNoFolderIsRefused() {
        assertThatThrownBy(() -> LabelledFolder.of(folder.resolve("none")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none is not a folder");
    }

    private void write(String name) throws IOException {
        Path file = flowers.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {1});
        Files.setLastModifiedTime(file, YESTERDAY);
    }
}
