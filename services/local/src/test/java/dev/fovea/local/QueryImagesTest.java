package dev.fovea.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.OpenCv;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.local.scene.Scene;
import dev.fovea.proto.v1.SearchRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryImagesTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aCropIsSmallerAndDarkerAndHasNoEmptyCorner() throws IOException, InterruptedException {
        ImageFile image = grey("a/one.jpg", 400, 300);

        Queries queries = new QueryImages(folder.resolve("queries")).crops(List.of(image));

        ImageFile crop = queries.images().getFirst();
        assertThat(crop.key()).isEqualTo("a/one.crop.jpg");
        assertThat(queries.isRight(crop.key(), "a/one.jpg")).contains(true);
        assertThat(queries.isRight(crop.key(), "a/two.jpg")).contains(false);
        try (ImageDecoder decoder = new ImageDecoder(DecodeLimits.defaults());
                Image read = decoder.decode(ByteBuffer.wrap(Files.readAllBytes(crop.path())))) {
            assertThat(read.width()).isEqualTo(280);
            assertThat(read.height()).isEqualTo(210);
            for (byte value : read.toRgb()) {
                assertThat(value & 0xff).isBetween(145, 155);
            }
        }
    }

    @Test
    void ofManyImagesSomeAreAskedForAndThoseThatCannotBeReadAreNot() throws IOException, InterruptedException {
        Path broken = Files.write(folder.resolve("0.jpg"), new byte[] {1, 2, 3});
        List<ImageFile> images = new java.util.ArrayList<>(List.of(new ImageFile(broken, "0.jpg", "image/jpeg")));
        for (int i = 1; i < 10; i++) {
            images.add(grey(i + ".jpg", 40, 30));
        }

        Queries queries = new QueryImages(folder.resolve("queries")).crops(images);

        assertThat(queries.images())
                .extracting(ImageFile::key)
                .containsExactly("2.crop.jpg", "4.crop.jpg", "6.crop.jpg", "8.crop.jpg");
    }

    @Test
    void aRenderedQueryIsRightlyAnsweredByAnyViewOfItsScene() {
        Queries queries = new QueryImages(folder).rendered();

        assertThat(queries.images()).hasSameSizeAs(Scene.values());
        assertThat(queries.isRight("mosaic/query.jpg", "mosaic/view-3.jpg")).contains(true);
        assertThat(queries.isRight("mosaic/query.jpg", "pebbles/view-3.jpg")).contains(false);
        assertThat(queries.isRight("mine.jpg", "pebbles/view-3.jpg")).isEmpty();
    }

    @Test
    void aQueryCarriesTheFilesBytesAndItsKey() throws IOException {
        ImageFile image = grey("one.jpg", 40, 30);

        Event event = Queries.event(image);

        SearchRequest request = SearchRequest.parseFrom(event.value());
        assertThat(event.topic()).isEqualTo("fovea.retrieval-queries");
        assertThat(request.getId()).isEqualTo(event.key()).isEqualTo("one.jpg");
        assertThat(request.getImage().getContent().toByteArray()).isEqualTo(Files.readAllBytes(image.path()));
    }

    private ImageFile grey(String key, int width, int height) throws IOException {
        OpenCv.load();
        byte[] rgb = new byte[3 * width * height];
        Arrays.fill(rgb, (byte) 200);
        Path file = folder.resolve(key);
        Files.createDirectories(file.getParent());
        try (Image image = Image.fromRgb(width, height, rgb)) {
            Files.write(file, image.encodeJpeg(92));
        }
        return new ImageFile(file, key, "image/jpeg");
    }
}
