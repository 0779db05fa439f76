package dev.fovea.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.repository.ModelRepository;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyModelsTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder = Path.of("");

    private Path from = Path.of("");
    private Path to = Path.of("");

    @BeforeEach
    void twoModels() throws IOException {
        from = folder.resolve("from");
        to = folder.resolve("to");
        put(from, "siftnet/1", "first");
        put(from, "siftnet/2", "second");
        put(from, "gem/7", "other");
        Files.writeString(from.resolve("gem/7/labels.txt"), "owl");
    }

    @Test
    void everyVersionArrivesWithAllItsFiles() throws IOException {
        assertThat(copy()).as(err.toString()).isZero();

        ModelRepository copied = new ModelRepository(to);
        assertThat(copied.names()).containsExactly("gem", "siftnet");
        assertThat(copied.versions("siftnet")).hasSize(2);
        assertThat(to.resolve("siftnet/2/model.onnx")).hasContent("second");
        assertThat(to.resolve("gem/7/labels.txt")).hasContent("owl");
        assertThat(out.toString().lines()).hasSize(3).allMatch(line -> line.startsWith("copied "));
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void aSecondCopyKeepsWhatIsThere() throws IOException {
        copy();
        put(from, "siftnet/3", "third");

        assertThat(copy()).as(err.toString()).isZero();

        assertThat(out.toString().lines().filter(line -> line.startsWith("kept ")))
                .hasSize(3);
        assertThat(to.resolve("siftnet/3/model.onnx")).hasContent("third");
    }

    @Test
    void anotherFileOfTheSameVersionIsRefusedAndStays() throws IOException {
        put(to, "siftnet/1", "mine");

        assertThat(copy()).isEqualTo(1);

        assertThat(err.toString()).contains("siftnet@1 differs", "sha256");
        assertThat(to.resolve("siftnet/1/model.onnx")).hasContent("mine");
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void aFolderWithoutModelsIsSaidToHaveNone() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));

        assertThat(run(empty)).isEqualTo(1);

        assertThat(err.toString()).contains(empty + " holds no models");
    }

    private int copy() {
        return run(from);
    }

    private int run(Path source) {
        return new FoveaProgram(new PrintWriter(out), new PrintWriter(err))
                .run("models", "copy", source.toString(), to.toString());
    }

    private Stream<Path> unfinished() throws IOException {
        try (Stream<Path> all = Files.walk(to)) {
            return all.filter(path -> path.toString().endsWith(".unfinished")).toList().stream();
        }
    }

    private static void put(Path root, String version, String content) throws IOException {
        Path place = Files.createDirectories(root.resolve(version));
        Files.writeString(place.resolve("model.onnx"), content);
    }
}
