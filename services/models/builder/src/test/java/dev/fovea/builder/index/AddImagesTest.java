package dev.fovea.builder.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import dev.fovea.proto.v1.MetadataValue;
import dev.fovea.proto.v1.StoredImage;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddImagesTest {

    @TempDir
    private Path folder = Path.of("");

    private IndexCommands fovea = start();

    private static IndexCommands start() {
        try {
            return new IndexCommands();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @BeforeEach
    void threeImagesAndAText() throws IOException {
        write("a.jpg", "first");
        write("below/b.PNG", "second");
        write("below/deep/c", "third");
        write("README.txt", "no image");
        write(".hidden.jpg", "hidden");
    }

    @AfterEach
    void stop() {
        fovea.close();
    }

    @Test
    void storesEveryImageUnderItsPath() {
        assertThat(add()).as(fovea.err.toString()).isZero();

        assertThat(stored()).containsOnlyKeys("a.jpg", "below/b.PNG", "below/deep/c");
        assertThat(fovea.out.toString())
                .isEqualToIgnoringNewLines("images: 3 stored; 1 files are no images by their names");
        assertThat(fovea.err.toString()).matches("(?s)3 images in [0-9.]+ s\\R");
    }

    @Test
    void putsAPrefixBeforeIdsAndWritesToTheCollectionAskedFor() {
        assertThat(add("--id-prefix", "holiday/", "--collection", "copy")).isZero();

        assertThat(stored()).isEmpty();
        assertThat(fovea.service.images("copy")).containsKey("holiday/below/b.PNG");
    }

    @Test
    void setsMetadataOfTheDeclaredTypes() {
        assertThat(add("--set", "price=12.50", "--set", "kind=a=b", "--set", "taken=2026-11-21"))
                .as(fovea.err.toString())
                .isZero();

        assertThat(field("a.jpg", "price").getNumber()).isEqualTo(12.5);
        assertThat(field("a.jpg", "kind").getText()).isEqualTo("a=b");
        assertThat(field("a.jpg", "taken").getTime().getSeconds()).isEqualTo(1_795_219_200);
    }

    @Test
    void readsEachImagesMetadataFromAFile() throws IOException {
        Path csv = write(
                "../" + folder.getFileName() + "-fields.csv",
                "file,price,kind\r\na.jpg,3,\"x, \"\"y\"\"\"\r\nbelow/b.PNG,,z\r\n");

        assertThat(add("--metadata", csv.toString(), "--set", "price=7"))
                .as(fovea.err.toString())
                .isZero();

        assertThat(kind("a.jpg")).isEqualTo("x, \"y\"");
        assertThat(kind("below/b.PNG")).isEqualTo("z");
        assertThat(metadata("below/deep/c")).containsOnlyKeys("price");
        assertThat(field("a.jpg", "price").getNumber())
                .as("the file goes before --set")
                .isEqualTo(3);
        assertThat(field("below/b.PNG", "price").getNumber())
                .as("an empty cell says nothing")
                .isEqualTo(7);
    }

    @Test
    void readsJsonLinesAndSaysWhichEntriesNameNoImage() throws IOException {
        Path lines = write("../" + folder.getFileName() + "-fields.jsonl", """
                {"file": "a.jpg", "price": 3.5, "kind": "x", "taken": null}

                {"file": "missing.jpg", "kind": "y"}
                """);

        assertThat(add("--metadata", lines.toString())).isZero();

        assertThat(metadata("a.jpg")).containsOnlyKeys("price", "kind");
        assertThat(fovea.err.toString())
                .contains("1 entries of " + lines + " name no image of " + folder + ", for example missing.jpg");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "colour=red | field \"colour\" is not declared by collection images, which declares kind (text), price (number), taken (time)",
                "price=cheap | price = \"cheap\" is no number",
                "taken=today | taken = \"today\" is no time, such as 2026-11-21 or 2026-11-21T08:30:00Z",
            })
    void refusesAFieldThatDoesNotFitBeforeAnyImageIsSent(String field, String message) {
        assertThat(add("--set", field)).isEqualTo(2);

        assertThat(fovea.err.toString()).isEqualToIgnoringNewLines("fovea index add: " + message);
        assertThat(fovea.service.upserts).hasValue(0);
    }

    @Test
    void namesTheLineOfMetadataThatDoesNotFit() throws IOException {
        Path csv = write("../" + folder.getFileName() + "-fields.csv", "file,price\na.jpg,3\n\nbelow/b.PNG,dear\n");

        assertThat(add("--metadata", csv.toString())).isEqualTo(2);

        assertThat(fovea.err.toString())
                .isEqualToIgnoringNewLines("fovea index add: " + csv + ", line 4: price = \"dear\" is no number");
    }

    @Test
    void listsBrokenImagesAtTheEndAndStoresTheOthers() throws IOException {
        write("below/broken.jpg", "no");

        assertThat(add()).isEqualTo(1);

        assertThat(stored()).hasSize(3);
        assertThat(fovea.out.toString()).startsWith("images: 3 stored, 1 refused");
        assertThat(fovea.err.toString())
                .endsWith(folder.resolve("below/broken.jpg")
                        + ": the content is no known image (IMAGE_FORMAT_UNSUPPORTED:"
                        + " no known image, limit JPEG, PNG)" + System.lineSeparator());
    }

    @Test
    void offersAnImageAgainWhenTheServiceIsOverloadedOrAway() {
        fovea.service.upsertFailures.add(StubbedRetrieval.overloaded(20));
        fovea.service.upsertFailures.add(
                Status.UNAVAILABLE.withDescription("draining").asRuntimeException());

        assertThat(add("--parallel", "1")).as(fovea.err.toString()).isZero();

        assertThat(stored()).hasSize(3);
        assertThat(fovea.service.upserts).hasValue(5);
    }

    @Test
    void stopsWhenPatienceIsAtItsEndAndSaysHowFarItCame() {
        fovea.service.upsertFailures.add(StubbedRetrieval.overloaded(1500));

        assertThat(add("--parallel", "1", "--patience", "1")).isEqualTo(1);

        assertThat(fovea.err.toString())
                .endsWith("fovea index add: stopped after 0 images: 256 calls are in flight (CALLS_TOO_MANY)"
                        + System.lineSeparator());
        assertThat(fovea.service.upserts).hasValue(1);
    }

    @Test
    void doesNotRepeatAMessageThatIsTooLarge() {
        fovea.service.upsertFailures.add(Status.RESOURCE_EXHAUSTED
                .withDescription("gRPC message exceeds maximum size 20971520: 30000000")
                .asRuntimeException());

        assertThat(add("--parallel", "1")).isEqualTo(1);

        assertThat(stored()).hasSize(2);
        assertThat(fovea.err.toString())
                .contains("a.jpg: ", "RESOURCE_EXHAUSTED: gRPC message exceeds maximum size 20971520: 30000000");
    }

    @Test
    void stopsAtAFailureThatConcernsEveryImage() {
        fovea.service.upsertFailures.add(StubbedRetrieval.failure(
                Status.Code.NOT_FOUND,
                "there is no model \"gem\"",
                ErrorInfo.newBuilder().setReason("MODEL_NOT_FOUND").build()));

        assertThat(add("--parallel", "1")).isEqualTo(1);

        assertThat(fovea.service.upserts).hasValue(1);
        assertThat(fovea.err.toString())
                .contains("stopped after 0 images: there is no model \"gem\" (MODEL_NOT_FOUND)");
    }

    @Test
    void skipsWhatIsStored() {
        assertThat(add()).isZero();

        assertThat(add("--skip-stored")).isZero();

        assertThat(fovea.service.upserts).hasValue(3);
        assertThat(fovea.out.toString()).startsWith("images: 0 stored, 3 skipped as stored");
    }

    @Test
    void saysWhatAFolderHasWhereItHasNoImage(@TempDir Path empty) throws IOException {
        Files.writeString(empty.resolve("notes.txt"), "text");

        assertThat(fovea.run("add", empty.toString())).isEqualTo(1);

        assertThat(fovea.err.toString())
                .isEqualToIgnoringNewLines("fovea index add: folder " + empty + " holds no image among 1 files");
    }

    private int add(String... options) {
        String[] words = new String[options.length + 2];
        words[0] = "add";
        words[1] = folder.toString();
        System.arraycopy(options, 0, words, 2, options.length);
        return fovea.run(words);
    }

    private Map<String, StoredImage> stored() {
        return fovea.service.images("images");
    }

    private Map<String, MetadataValue> metadata(String id) {
        return stored().getOrDefault(id, StoredImage.getDefaultInstance()).getMetadataMap();
    }

    private MetadataValue field(String id, String field) {
        return fovea.service.field("images", id, field);
    }

    private String kind(String id) {
        return field(id, "kind").getText();
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name).normalize();
        Files.createDirectories(file.resolveSibling("."));
        return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
