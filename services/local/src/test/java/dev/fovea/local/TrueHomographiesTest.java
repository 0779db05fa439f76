package dev.fovea.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.local.scene.Projection;
import dev.fovea.local.scene.Projection.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrueHomographiesTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void leadsFromAnyViewToAnyOtherThroughTheFirst() throws IOException {
        Files.writeString(
                folder.resolve("view-1-to-2.H"),
                Projection.of(1, 0, 10, 0, 1, 0, 0, 0, 1).text());
        Files.writeString(
                folder.resolve("view-1-to-3.H"),
                Projection.of(2, 0, 0, 0, 2, 0, 0, 0, 1).text());

        Projection secondToThird =
                TrueHomographies.between(file("view-2.jpg"), file("view-3.jpg")).orElseThrow();

        assertThat(secondToThird.map(15, 4)).isEqualTo(new Point(10, 8));
    }

    @Test
    void isEmptyForOrdinaryPhotographs() throws IOException {
        assertThat(TrueHomographies.between(file("cat.jpg"), file("dog.jpg"))).isEmpty();
        assertThat(TrueHomographies.between(file("view-1.jpg"), file("view-2.jpg")))
                .isEmpty();
    }

    private ImageFile file(String name) {
        return new ImageFile(folder.resolve(name), name, "image/jpeg");
    }
}
