package dev.fovea.builder.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.fovea.proto.v1.FieldType;
import dev.fovea.proto.v1.Keypoint;
import dev.fovea.proto.v1.LocalFeatures;
import dev.fovea.proto.v1.MetadataValue;
import dev.fovea.proto.v1.StoredImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportImportTest {

    @TempDir
    private Path folder = Path.of("");

    private final IndexCommands fovea;

    ExportImportTest() throws IOException {
        fovea = new IndexCommands();
    }

    @BeforeEach
    void fiveImagesAreStored() {
        for (int i = 0; i < 5; i++) {
            fovea.service.images("images").put("image-" + i, image(i));
        }
    }

    @AfterEach
    void stop() {
        fovea.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"images.fovea", "images.fovea.gz"})
    void aCollectionComesBackAsItWas(String name) {
        assertThat(export(name)).as(fovea.err.toString()).isZero();
        assertThat(fovea.out.toString()).startsWith("images: 5 images to " + folder.resolve(name) + " (");

        assertThat(load(name, "copy")).as(fovea.err.toString()).isZero();

        assertThat(fovea.out.toString()).isEqualToIgnoringNewLines("copy: 5 stored");
        assertThat(fovea.service.images("copy")).isEqualTo(fovea.service.images("images"));
    }

    @Test
    void theSameFileAgainChangesNothingAndLaterVersionsStay() {
        export("images.fovea");
        load("images.fovea", "copy");
        StoredImage later = image(3).toBuilder().setVersion(10_000).build();
        fovea.service.images("copy").put("image-3", later);

        assertThat(load("images.fovea", "copy")).isZero();

        assertThat(fovea.out.toString())
                .isEqualToIgnoringNewLines("copy: 0 stored, 4 unchanged, 1 stale (a later version is stored)");
        assertThat(fovea.service.images("copy")).containsEntry("image-3", later);
    }

    @Test
    void anInterruptedImportGoesOn() {
        export("images.fovea");
        fovea.service.images("copy").put("image-0", image(0));

        assertThat(load("images.fovea", "copy")).isZero();

        assertThat(fovea.out.toString()).isEqualToIgnoringNewLines("copy: 4 stored, 1 unchanged");
    }

    @Test
    void anotherModelIsRefusedUnlessForced() {
        export("images.fovea");

        assertThat(load("images.fovea", "other")).isEqualTo(1);
        assertThat(fovea.err.toString())
                .isEqualToIgnoringNewLines("fovea index import: " + folder.resolve("images.fovea")
                        + " was made with gem-a@1 (sha256:a), but collection other has gem-b@1 (sha256:b); scores"
                        + " between them mean nothing (--force)");
        assertThat(fovea.service.upserts).hasValue(0);

        assertThat(load("images.fovea", "other", "--force")).isZero();
        assertThat(fovea.service.images("other")).hasSize(5);
    }

    @Test
    void anotherDimensionIsRefusedEvenIfForced() {
        export("images.fovea");
        fovea.service.collections.put(
                "copy", IndexCommands.COPY.toBuilder().setDimension(512).build());

        assertThat(load("images.fovea", "copy", "--force")).isEqualTo(1);
        assertThat(fovea.err.toString()).contains("has 2 dimensions, but collection copy has 512");
    }

    @Test
    void aFieldOfAnotherTypeIsRefusedBeforeAnyImageIsSent() {
        export("images.fovea");
        fovea.service.collections.put(
                "copy",
                IndexCommands.COPY.toBuilder()
                        .putFields("price", FieldType.FIELD_TYPE_TEXT)
                        .build());

        assertThat(load("images.fovea", "copy")).isEqualTo(1);
        assertThat(fovea.err.toString())
                .contains("has the field \"price\" (number), but collection copy declares kind (text), price (text),"
                        + " taken (time)");
    }

    @Test
    void aFileThatIsCutOffSaysAfterHowManyImages() throws IOException {
        export("images.fovea");
        byte[] whole = Files.readAllBytes(folder.resolve("images.fovea"));
        Files.write(folder.resolve("images.fovea"), Arrays.copyOf(whole, whole.length - 12));

        assertThat(load("images.fovea", "copy")).isEqualTo(1);

        assertThat(fovea.err.toString())
                .endsWith(folder.resolve("images.fovea") + " is cut off after 4 images" + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GIF89a", "FOVEA-I"})
    void anyOtherFileIsRefused(String content) throws IOException {
        Files.writeString(folder.resolve("images.fovea"), content);

        assertThat(load("images.fovea", "copy")).isEqualTo(1);

        assertThat(fovea.err.toString())
                .isEqualToIgnoringNewLines(
                        "fovea index import: " + folder.resolve("images.fovea") + " is no exported collection");
    }

    @Test
    void aLaterFormatIsRefusedByItsNumber() throws IOException {
        Files.writeString(folder.resolve("images.fovea"), "FOVEA-IX\u0002");

        assertThat(load("images.fovea", "copy")).isEqualTo(1);

        assertThat(fovea.err.toString()).contains("has format version 2; this program reads version 1");
    }

    @Test
    void nothingIsLeftOfAnExportThatFailed() throws IOException {
        assertThat(fovea.run("export", folder.resolve("x.fovea").toString(), "--collection", "nowhere"))
                .isEqualTo(1);

        assertThat(fovea.err.toString())
                .isEqualToIgnoringNewLines(
                        "fovea index export: there is no collection \"nowhere\" (COLLECTION_UNKNOWN: nowhere)");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    private int export(String name) {
        return fovea.run("export", folder.resolve(name).toString());
    }

    private int load(String name, String collection, String... options) {
        String[] words = Stream.concat(
                        Stream.of("import", folder.resolve(name).toString(), "--collection", collection),
                        Arrays.stream(options))
                .toArray(String[]::new);
        return fovea.run(words);
    }

    private static StoredImage image(int i) {
        return StoredImage.newBuilder()
                .setId("image-" + i)
                .setVersion(100 + i)
                .setEmbedding(StubbedRetrieval.vector(i, 1))
                .setImageWidth(640)
                .setImageHeight(480)
                .setThumbnail(ByteString.copyFromUtf8("thumbnail " + i))
                .setLocalFeatures(LocalFeatures.newBuilder()
                        .addKeypoints(Keypoint.newBuilder().setX(i).setY(2)))
                .putMetadata("price", MetadataValue.newBuilder().setNumber(i).build())
                .build();
    }
}
