package dev.fovea.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.OpenCv;
import dev.fovea.proto.v1.RetrievalResult;
import dev.fovea.proto.v1.SearchResponse;
import dev.fovea.proto.v1.SearchResult;
import dev.fovea.proto.v1.StoredImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchesTest {

    @TempDir
    private Path folder = Path.of("");

    private Studio studio = new Studio(Path.of(""), new Screen(System.out, false));
    private Searches searches = new Searches(studio, new Queries(List.of(), Map.of()));

    @BeforeEach
    void knowsTwoOfThreeQueries() {
        studio.close();
        OpenCv.load();
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        studio = new Studio(folder.resolve("pictures"), new Screen(nowhere, false));
        searches = new Searches(studio, new Queries(List.of(), Map.of("wall.jpg", "wall/", "tree.jpg", "tree/")));
    }

    @AfterEach
    void closesTheStudio() {
        studio.close();
    }

    @Test
    void countsRightFirstAnswersWhereTheTruthIsKnown() throws IOException {
        take("wall.jpg", "wall/1.jpg");
        take("tree.jpg", "wall/1.jpg");
        take("mine.jpg", "wall/1.jpg");

        assertThat(searches.total()).isEqualTo("3 searched, first answers 1 of 2 right");
    }

    @Test
    void saysNothingOfTheTruthWhereNoneIsKnown() throws IOException {
        take("mine.jpg", "wall/1.jpg");

        assertThat(searches.total()).isEqualTo("1 searched");
    }

    @Test
    void drawsAContactSheetOfEachQuery() throws IOException, InterruptedException {
        take("wall.jpg", "wall/1.jpg");

        assertThat(studio.finish(new StopRequest())).isEqualTo(1);
        assertThat(folder.resolve("pictures/wall.results.jpg")).isNotEmptyFile();
    }

    private void take(String query, String found) throws IOException {
        Path file = Files.write(folder.resolve(query), image());
        SearchResult result = SearchResult.newBuilder()
                .setImage(StoredImage.newBuilder().setId(found).setThumbnail(ByteString.copyFrom(image())))
                .build();
        RetrievalResult answer = RetrievalResult.newBuilder()
                .setQueryId(query)
                .setAnswer(SearchResponse.newBuilder().addResults(result))
                .build();
        searches.read(answer.toByteArray()).take().accept(new ImageFile(file, query, "image/jpeg"));
    }

    private static byte[] image() {
        byte[] rgb = new byte[3 * 8 * 6];
        java.util.Arrays.fill(rgb, (byte) 90);
        try (Image image = Image.fromRgb(8, 6, rgb)) {
            return image.encodeJpeg(92);
        }
    }
}
