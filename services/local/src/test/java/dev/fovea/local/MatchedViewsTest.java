package dev.fovea.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.fovea.local.scene.Projection;
import dev.fovea.proto.v1.ElementType;
import dev.fovea.proto.v1.Keypoint;
import dev.fovea.proto.v1.PatchDescriptionResult;
import dev.fovea.proto.v1.Vectors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatchedViewsTest {

    private static final int KEYPOINTS = 60;
    private static final int DIMENSION = 16;
    private static final Projection TRUTH = Projection.of(1, 0, 30, 0, 1, -20, 0, 0, 1);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void findsTheHomographyAndMeasuresItAgainstTheTruth() throws IOException {
        Files.writeString(folder.resolve("view-1-to-2.H"), TRUTH.text());

        MatchedViews views = matched();

        assertThat(views.matches()).isEqualTo(KEYPOINTS);
        assertThat(views.agreeing()).hasSize(KEYPOINTS);
        assertThat(views.errorPx().orElseThrow()).isLessThan(0.01);
    }

    @Test
    void saysNothingAboutTheErrorWhereTheTruthIsUnknown() throws IOException {
        MatchedViews views = matched();

        assertThat(views.homography()).isPresent();
        assertThat(views.errorPx()).isEmpty();
    }

    @Test
    void unrelatedImagesHaveNoHomography() throws IOException {
        MatchedViews views = MatchedViews.of(
                DescribedImage.of(file(1), result(Projection.IDENTITY, 1)),
                DescribedImage.of(file(2), result(TRUTH, 2)),
                800,
                600);

        assertThat(views.homography()).isEmpty();
        assertThat(views.agreeing()).isEmpty();
    }

    @Test
    void refusesDescriptorsThatAreNotAsManyAsTheKeypoints() {
        PatchDescriptionResult result =
                result(TRUTH, 1).toBuilder().removeKeypoints(0).build();

        assertThatThrownBy(() -> DescribedImage.of(file(1), result))
                .hasMessageContaining("60 descriptors")
                .hasMessageContaining("59 keypoints");
    }

    private MatchedViews matched() throws IOException {
        return MatchedViews.of(
                DescribedImage.of(file(1), result(Projection.IDENTITY, 1)),
                DescribedImage.of(file(2), result(TRUTH, 1)),
                800,
                600);
    }

    private ImageFile file(int view) {
        String name = "view-" + view + ".jpg";
        return new ImageFile(folder.resolve(name), name, "image/jpeg");
    }

    /// Keypoints at places that do not depend on the seed, seen through a map; descriptors that do.
    private static PatchDescriptionResult result(Projection seenThrough, long seed) {
        Random places = new Random(99);
        Random values = new Random(seed);
        PatchDescriptionResult.Builder result = PatchDescriptionResult.newBuilder();
        ByteBuffer data = ByteBuffer.allocate(KEYPOINTS * DIMENSION * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < KEYPOINTS; i++) {
            Projection.Point place = seenThrough.map(800 * places.nextDouble(), 600 * places.nextDouble());
            result.addKeypoints(Keypoint.newBuilder()
                    .setX((float) place.x())
                    .setY((float) place.y())
                    .setSize(4));
            for (int k = 0; k < DIMENSION; k++) {
                data.putFloat((float) values.nextGaussian());
            }
        }
        return result.setDescriptors(Vectors.newBuilder()
                        .setElementType(ElementType.ELEMENT_TYPE_FLOAT32)
                        .setDimension(DIMENSION)
                        .setCount(KEYPOINTS)
                        .setData(ByteString.copyFrom(data.flip())))
                .build();
    }
}
