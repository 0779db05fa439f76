package dev.fovea.builder.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceTruthTest {

    private static final List<String> QUERIES = List.of("a.jpg", "b.jpg");
    private static final List<String> REFERENCES = List.of("a.jpg", "north/b.jpg", "z.jpg");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void sameNamesPairFilesOfOneName() throws IOException {
        assertThat(PlaceTruth.read("same-names", QUERIES, REFERENCES))
                .containsExactly(java.util.Set.of(0), java.util.Set.of());
    }

    @Test
    void pairsMayNameSeveralReferencesOfAQuery() throws IOException {
        Path file = Files.writeString(
                folder.resolve("truth.csv"), "query,reference\na.jpg,a.jpg\na.jpg,z.jpg\nb.jpg,north/b.jpg\n");

        assertThat(PlaceTruth.read(file.toString(), QUERIES, REFERENCES))
                .containsExactly(java.util.Set.of(0, 2), java.util.Set.of(1));
    }

    @Test
    void pairOfAnUnknownFileIsRefusedWithItsLine() throws IOException {
        Path file = Files.writeString(folder.resolve("truth.csv"), "query,reference\na.jpg,nowhere.jpg\n");

        assertThatThrownBy(() -> PlaceTruth.read(file.toString(), QUERIES, REFERENCES))
                .isInstanceOf(IOException.class)
                .hasMessage("ground truth " + file + ", line 2: there is no reference \"nowhere.jpg\"");
    }

    @Test
    void textWithoutTheFirstLineIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("truth.csv"), "a.jpg,a.jpg\n");

        assertThatThrownBy(() -> PlaceTruth.read(file.toString(), QUERIES, REFERENCES))
                .hasMessage("ground truth " + file + " must begin with the line query,reference");
    }

    @Test
    void arrayOfListsNamesFilesByTheirNumbers() throws IOException {
        // [[0, [0, 2]], [1, [1]]], protocol 2, without the memo.
        Path file = npy("(2, 2)", "](K\0](K\0K\2eK\1](K\1ee");

        assertThat(PlaceTruth.read(file.toString(), QUERIES, REFERENCES))
                .containsExactly(java.util.Set.of(0, 2), java.util.Set.of(1));
    }

    @Test
    void arrayOfTooLargeNumbersIsRefused() throws IOException {
        Path file = npy("(1, 2)", "](K\0](K\7ee");

        assertThatThrownBy(() -> PlaceTruth.read(file.toString(), QUERIES, REFERENCES))
                .hasMessage("ground truth " + file + " names reference 7, but there are 3");
    }

    @Test
    void pickleThatWantsMoreThanListsIsRefused() throws IOException {
        Path file = npy("(1, 2)", "}");

        assertThatThrownBy(() -> PlaceTruth.read(file.toString(), QUERIES, REFERENCES))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("pickle opcode 0x7d is none of those");
    }

    @Test
    void cutOffArrayIsRefused() throws IOException {
        Path whole = npy("(2, 2)", "](K\0](K\0K\2eK\1](K\1ee");
        byte[] bytes = Files.readAllBytes(whole);
        for (int length = 0; length < bytes.length; length++) {
            Path cut = Files.write(folder.resolve("cut.npy"), java.util.Arrays.copyOf(bytes, length));

            assertThatThrownBy(() -> PlaceTruth.read(cut.toString(), QUERIES, REFERENCES))
                    .isInstanceOf(IOException.class);
        }
    }

    private Path npy(String shape, String pickle) throws IOException {
        String header = "{'descr': '|O', 'fortran_order': False, 'shape': " + shape + ", }\n";
        var bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
        bytes.write(header.getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(new byte[] {(byte) 0x80, 2});
        bytes.write(pickle.getBytes(StandardCharsets.ISO_8859_1));
        bytes.write('.');
        return Files.write(folder.resolve("truth.npy"), bytes.toByteArray());
    }
}
