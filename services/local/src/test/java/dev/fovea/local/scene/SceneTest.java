package dev.fovea.local.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.OpenCv;
import dev.fovea.local.scene.Projection.Point;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opencv.core.Core;
import org.opencv.core.Mat;

class SceneTest {

    @BeforeAll
    static void loadOpenCv() {
        OpenCv.load();
    }

    static Stream<View> views() {
        return Stream.concat(Scene.VIEWS.stream(), Stream.of(Scene.QUERY));
    }

    @ParameterizedTest
    @MethodSource("views")
    void everyViewLooksAtTheTextureOnly(View view) {
        Projection toTexture = view.projection().inverse();

        List<Point> corners = List.of(
                toTexture.map(0, 0),
                toTexture.map(View.WIDTH - 1, 0),
                toTexture.map(View.WIDTH - 1, View.HEIGHT - 1),
                toTexture.map(0, View.HEIGHT - 1));

        assertThat(corners).allSatisfy(corner -> {
            assertThat(corner.x()).isBetween(0.0, Relief.WIDTH - 1.0);
            assertThat(corner.y()).isBetween(0.0, Relief.HEIGHT - 1.0);
        });
    }

    @Test
    void theHomographyBetweenViewsGoesThroughTheTexture() {
        Point onTexture = Scene.VIEWS.get(1).projection().inverse().map(300, 200);
        Point inFourth = Scene.VIEWS.get(3).projection().map(onTexture.x(), onTexture.y());

        assertThat(Scene.between(2, 4).map(300, 200).distance(inFourth)).isCloseTo(0, within(1e-6));
    }

    @Test
    void theSameSeedPaintsTheSameTextureAndAnotherSeedAnother() {
        Mat first = Scene.NOTICE_BOARD.texture(5);
        Mat same = Scene.NOTICE_BOARD.texture(5);
        Mat other = Scene.NOTICE_BOARD.texture(6);

        assertThat(Core.norm(first, same, Core.NORM_L1)).isZero();
        assertThat(Core.norm(first, other, Core.NORM_L1)).isPositive();

        first.release();
        same.release();
        other.release();
    }
}
