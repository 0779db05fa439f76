package dev.fovea.builder.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import dev.fovea.proto.v1.MetadataValue;
import dev.fovea.proto.v1.RerankMode;
import dev.fovea.proto.v1.SearchRequest;
import dev.fovea.proto.v1.StoredImage;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandsTest {

    @TempDir
    private Path folder = Path.of("");

    private final IndexCommands fovea;

    CommandsTest() throws IOException {
        fovea = new IndexCommands();
    }

    @BeforeEach
    void threeImagesAreStored() throws IOException {
        fovea.service.thumbnail = jpeg(320, 240, Color.ORANGE);
        fovea.service.picture = jpeg(656, 240, Color.BLUE);
        for (String id : List.of("a.jpg", "b.jpg", "c.jpg")) {
            fovea.service
                    .images("images")
                    .put(
                            id,
                            StoredImage.newBuilder()
                                    .setId(id)
                                    .setVersion(7)
                                    .setImageWidth(640)
                                    .setImageHeight(480)
                                    .setEmbedding(StubbedRetrieval.vector(1, 0))
                                    .setThumbnail(ByteString.copyFrom(fovea.service.thumbnail))
                                    .putMetadata("kind", text("rose"))
                                    .putMetadata("price", number(12))
                                    .build());
        }
    }

    @AfterEach
    void stop() {
        fovea.close();
    }

    @Nested
    class Search {

        @Test
        void printsTheResultsInTheirOrder() {
            assertThat(fovea.run("search", query(), "--rerank"))
                    .as(fovea.err.toString())
                    .isZero();

            assertThat(fovea.out.toString().lines())
                    .containsExactly(
                            "rank  id      score  inliers  metadata",
                            "----  -----  ------  -------  -------------------",
                            "   1  a.jpg  0.9000       57  kind=rose, price=12",
                            "   2  b.jpg  0.8000        -  kind=rose, price=12",
                            "   3  c.jpg  0.7000       55  kind=rose, price=12",
                            "3 results in images (gem-a@1), index 1.5 ms");
        }

        @Test
        void asksWhatItIsTold() {
            assertThat(fovea.run(
                            "search",
                            "--id",
                            "b.jpg",
                            "--k",
                            "5",
                            "--filter",
                            "price >= 10 and not sold",
                            "--no-rerank",
                            "--exact",
                            "--expand",
                            "4",
                            "--alpha",
                            "2",
                            "--min-score",
                            "0.25"))
                    .as(fovea.err.toString())
                    .isZero();

            SearchRequest asked = fovea.service.searches.element();
            assertThat(asked.getStoredId()).isEqualTo("b.jpg");
            assertThat(asked.getK()).isEqualTo(5);
            assertThat(asked.getFilter().getAnd().getFiltersCount()).isEqualTo(2);
            assertThat(asked.getRerank().getMode()).isEqualTo(RerankMode.RERANK_MODE_OFF);
            assertThat(asked.getExact()).isTrue();
            assertThat(asked.getExpansion().getNeighbours()).isEqualTo(4);
            assertThat(asked.getExpansion().getAlpha()).isEqualTo(2);
            assertThat(asked.getMinScore()).isEqualTo(0.25f);
        }

        @Test
        void leavesToTheCollectionWhatIsNotAskedFor() {
            assertThat(fovea.run("search", query())).isZero();

            SearchRequest asked = fovea.service.searches.element();
            assertThat(asked.getK()).isEqualTo(10);
            assertThat(asked.hasRerank() || asked.hasExpansion() || asked.hasFilter() || asked.hasMinScore())
                    .isFalse();
        }

        @Test
        void printsJsonForPrograms() throws IOException {
            assertThat(fovea.run("search", query(), "--rerank", "--json")).isZero();

            JsonNode report = new ObjectMapper().readTree(fovea.out.toString());
            assertThat(report.at("/collection").asText()).isEqualTo("images");
            assertThat(report.at("/model/digest").asText()).isEqualTo("sha256:a");
            assertThat(report.at("/results/0/rank").asInt()).isEqualTo(1);
            assertThat(report.at("/results/0/inliers").asInt()).isEqualTo(57);
            assertThat(report.at("/results/0/metadata/price").asDouble()).isEqualTo(12);
            assertThat(report.at("/results/1").has("inliers")).isFalse();
        }

        @ParameterizedTest
        @CsvSource({"png, 2", "jpg, 3"})
        void drawsAContactSheetOfMatches(String format, int k) throws IOException {
            Path sheet = folder.resolve("sheet." + format);

            assertThat(fovea.run("search", query(), "--k", "" + k, "--rerank", "--sheet", sheet.toString()))
                    .as(fovea.err.toString())
                    .isZero();

            assertThat(ImageIO.read(sheet.toFile()).getWidth()).isEqualTo(2 * 28 + 2 * 690 + 20);
            assertThat(fovea.service.searches.element().getRerank().getPictures())
                    .isEqualTo(k);
            assertThat(fovea.service.searches.element().getParts().getThumbnail())
                    .isTrue();
        }

        @Test
        void drawsThumbnailsWhereNothingIsVerified() throws IOException {
            Path sheet = folder.resolve("sheet.png");
            fovea.service.picture = new byte[0];

            assertThat(fovea.run("search", "--id", "a.jpg", "--sheet", sheet.toString()))
                    .isZero();

            BufferedImage drawn = ImageIO.read(sheet.toFile());
            assertThat(drawn.getWidth()).isEqualTo(2 * 28 + 5 * 264 + 4 * 20);
            assertThat(new Color(drawn.getRGB(28 + 100, 28 + 100)))
                    .as("the stored thumbnail of the query")
                    .satisfies(colour -> assertThat(colour.getRed()).isGreaterThan(200))
                    .satisfies(colour -> assertThat(colour.getBlue()).isLessThan(60));
        }

        @Test
        void drawsThumbnailsBesideMatchesNoLargerThanOneOfTheTwo() throws IOException {
            Path sheet = folder.resolve("sheet.png");

            assertThat(fovea.run("search", query(), "--k", "2", "--rerank", "--sheet", sheet.toString()))
                    .isZero();

            assertThat(orange(ImageIO.read(sheet.toFile()), 28 + 260 + 20 + 100))
                    .as("pixels of the second result's thumbnail in one line")
                    .isBetween(330L, 342L);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "--k=0 | --k 0 is below 1",
                    "--min-score=1.5 | --min-score 1.5 is outside -1 to 1",
                    "--expand=101 | --expand 101 is outside 1 to 100",
                    "--filter=price > | filter, character 8: a \"text\", a number or a time is expected, but the filter ends",
                    "--sheet=answers.pdf | --sheet answers.pdf: .png or .jpg is expected at the end",
                    "--server=localhost | --server localhost is not HOST:PORT, for example localhost:9002",
                    "--timeout=0 | --timeout 0 is outside 1 to 86400 seconds",
                })
        void refusesAWrongOptionBeforeTheServiceIsAsked(String option, String message) throws IOException {
            assertThat(fovea.bare("index", "search", query(), option)).isEqualTo(2);

            assertThat(fovea.err.toString()).isEqualToIgnoringNewLines("fovea index search: " + message);
        }

        @Test
        void needsAnImageOrAnIdAndNotBoth() throws IOException {
            assertThat(fovea.run("search")).isEqualTo(2);
            assertThat(fovea.run("search", query(), "--id", "a.jpg")).isEqualTo(2);

            assertThat(fovea.err.toString())
                    .isEqualToIgnoringNewLines("fovea index search: an image file or --id ID is needed, and not both");
            assertThat(fovea.service.searches).isEmpty();
        }

        @Test
        void saysWhereNobodyListens() throws IOException {
            fovea.service.close();

            assertThat(fovea.run("search", query())).isEqualTo(1);

            assertThat(fovea.err.toString())
                    .startsWith("fovea index search: " + fovea.service.address() + " cannot be reached: ")
                    .contains("is a global retrieval service running there (--server HOST:PORT, --tls)?")
                    .hasLineCount(1);
        }

        @Test
        void saysWhichFileIsMissing() {
            assertThat(fovea.run("search", "nowhere.jpg")).isEqualTo(1);

            assertThat(fovea.err.toString())
                    .isEqualToIgnoringNewLines("fovea index search: nowhere.jpg: there is no such file or folder");
        }
    }

    @Test
    void getShowsWhatIsStoredAndSaysWhatIsNot() {
        assertThat(fovea.run("get", "b.jpg", "x.jpg")).isEqualTo(1);

        assertThat(fovea.out.toString()).contains("b.jpg", "640x480", "kind=rose, price=12");
        assertThat(fovea.err.toString()).isEqualToIgnoringNewLines("not stored: x.jpg");
    }

    @Test
    void getPrintsJson() throws IOException {
        assertThat(fovea.run("get", "b.jpg", "--json")).isZero();

        JsonNode images = new ObjectMapper().readTree(fovea.out.toString());
        assertThat(images.at("/0/id").asText()).isEqualTo("b.jpg");
        assertThat(images.at("/0/version").asLong()).isEqualTo(7);
        assertThat(images.at("/0/metadata/kind").asText()).isEqualTo("rose");
    }

    @Test
    void deleteRemovesWhatIsThereAndDoesNotMindTheRest() {
        assertThat(fovea.run("delete", "a.jpg", "x.jpg")).isZero();

        assertThat(fovea.service.images("images")).containsOnlyKeys("b.jpg", "c.jpg");
        assertThat(fovea.out.toString()).isEqualToIgnoringNewLines("2 of 2 deleted");
    }

    @Test
    void statsListsEveryCollection() {
        assertThat(fovea.run("stats")).isZero();

        assertThat(fovea.out.toString().lines().toList()).hasSize(5).anySatisfy(line -> assertThat(line)
                .matches("images \\(default\\) +3 +2 +lucene +float32 +6000 +2000 +gem-a@1 +- +kind \\(text\\),"
                        + " price \\(number\\), taken \\(time\\)"));
    }

    @Test
    void statsPrintsJson() throws IOException {
        assertThat(fovea.run("stats", "--collection", "images", "--json")).isZero();

        JsonNode collections = new ObjectMapper().readTree(fovea.out.toString());
        assertThat(collections.at("/0/images").asInt()).isEqualTo(3);
        assertThat(collections.at("/0/fields/taken").asText()).isEqualTo("time");
        assertThat(collections).hasSize(1);
    }

    @Test
    void backupSaysWhereTheCopyLies() {
        assertThat(fovea.run("backup", "monday")).isZero();

        assertThat(fovea.out.toString())
                .isEqualToIgnoringNewLines("3 images to /backups/monday (4096 bytes, on the service's machine)");
    }

    @Test
    void augmentWritesEveryImageWithTheExpandedEmbedding() {
        assertThat(fovea.run("augment", "images", "copy", "--neighbours", "8"))
                .as(fovea.err.toString())
                .isZero();

        assertThat(fovea.service.images("copy")).containsOnlyKeys("a.jpg", "b.jpg", "c.jpg");
        assertThat(fovea.service.images("copy").values()).allSatisfy(image -> {
            assertThat(image.getEmbedding()).isEqualTo(StubbedRetrieval.vector(42, 8));
            assertThat(image.getMetadataOrThrow("kind").getText()).isEqualTo("rose");
        });
        assertThat(fovea.service.searches)
                .extracting(SearchRequest::getStoredId)
                .containsExactlyInAnyOrder("a.jpg", "b.jpg", "c.jpg");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "images | images | 2 | SOURCE and TARGET are both images; neighbours would be averaged with averages",
                "images | other | 1 | collection images was made with gem-a@1 (sha256:a), but collection other has",
            })
    void augmentRefusesWhatWouldMeanNothing(String source, String target, int code, String message) {
        assertThat(fovea.run("augment", source, target)).isEqualTo(code);

        assertThat(fovea.err.toString()).contains(message).hasLineCount(1);
    }

    private String query() {
        try {
            return Files.write(folder.resolve("query.jpg"), jpeg(400, 300, Color.GREEN))
                    .toString();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static long orange(BufferedImage picture, int line) {
        return IntStream.range(0, picture.getWidth())
                .mapToObj(x -> new Color(picture.getRGB(x, line)))
                .filter(colour -> colour.getRed() > 200 && colour.getBlue() < 60)
                .count();
    }

    private static byte[] jpeg(int width, int height, Color colour) throws IOException {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setColor(colour);
        pen.fillRect(0, 0, width, height);
        pen.dispose();
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", bytes);
        return bytes.toByteArray();
    }

    private static MetadataValue text(String text) {
        return MetadataValue.newBuilder().setText(text).build();
    }

    private static MetadataValue number(double number) {
        return MetadataValue.newBuilder().setNumber(number).build();
    }
}
