package dev.fovea.retrieval.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.patch.Homography;
import dev.fovea.inference.lifecycle.ModelIdentity;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GeometricVerifierTest {

    private static final Homography SIMILAR = Homography.of(0.48, -0.36, 250, 0.36, 0.48, 40, 0, 0, 1);
    private static final Homography PROJECTIVE = Homography.of(0.7, -0.1, 90, 0.1, 0.75, 20, 2e-4, 1e-4, 1);

    private final LocalFeatures query = SampleFeatures.random(7, 120);

    @ParameterizedTest
    @EnumSource(GeometricModel.class)
    void findsASimilarityThatAQuarterOfTheMatchesAgreeWith(GeometricModel model) {
        LocalFeatures candidate = SampleFeatures.moved(query, SIMILAR, 30);

        Verification found = verifier(model).verify(query, candidate);

        assertThat(found.matches()).isEqualTo(120);
        assertThat(found.inliers()).hasSizeBetween(30, 34);
        Homography map = found.transform().orElseThrow();
        assertThat(map.mapX(300, 200)).isCloseTo(SIMILAR.mapX(300, 200), within(3.0));
        assertThat(map.mapY(300, 200)).isCloseTo(SIMILAR.mapY(300, 200), within(3.0));
    }

    @Test
    void aHomographyExplainsPerspectiveThatAnAffineMapDoesNot() {
        LocalFeatures candidate = SampleFeatures.moved(query, PROJECTIVE, 60);

        int homography = verifier(GeometricModel.HOMOGRAPHY)
                .verify(query, candidate)
                .inliers()
                .size();
        int affine = verifier(GeometricModel.AFFINE)
                .verify(query, candidate)
                .inliers()
                .size();

        assertThat(homography).isGreaterThanOrEqualTo(60);
        assertThat(affine).isLessThan(homography);
    }

    @Test
    void equalFeaturesGiveAnEqualAnswer() {
        LocalFeatures candidate = SampleFeatures.moved(query, PROJECTIVE, 40);

        Verification once = verifier(GeometricModel.HOMOGRAPHY).verify(query, candidate);
        Verification again = verifier(GeometricModel.HOMOGRAPHY).verify(query, candidate);

        assertThat(again.inliers()).isEqualTo(once.inliers());
        assertThat(again.transform().orElseThrow().toArray())
                .isEqualTo(once.transform().orElseThrow().toArray());
    }

    @ParameterizedTest
    @EnumSource(GeometricModel.class)
    void aMirrorImageIsNoView(GeometricModel model) {
        Homography mirror = Homography.of(-1, 0, 639, 0, 1, 0, 0, 0, 1);

        Verification found = verifier(model).verify(query, SampleFeatures.moved(query, mirror, 120));

        assertThat(found.matches()).isEqualTo(120);
        assertThat(found.inliers()).hasSizeLessThan(12);
    }

    @ParameterizedTest
    @EnumSource(GeometricModel.class)
    void anImageSqueezedIntoALineIsNoView(GeometricModel model) {
        Homography squeezed = Homography.of(0.9, 0, 20, 0, 0.02, 200, 0, 0, 1);

        Verification found = verifier(model).verify(query, SampleFeatures.moved(query, squeezed, 120));

        found.transform().ifPresent(map -> assertThat(map.get(1, 1)).isGreaterThan(0.1));
    }

    @Test
    void unrelatedImagesHaveFewInliers() {
        LocalFeatures other = SampleFeatures.moved(query, SIMILAR, 0);

        assertThat(verifier(GeometricModel.HOMOGRAPHY).verify(query, other).inliers())
                .hasSizeLessThan(12);
    }

    @Test
    void featuresOfAnotherModelHaveNoMatches() {
        var other = new LocalFeatures(
                new ModelIdentity("hardnet", 1, "sha256:1"), query.image(), query.keypoints(), query.descriptors());

        Verification found = verifier(GeometricModel.AFFINE).verify(query, other);

        assertThat(found.matches()).isZero();
        assertThat(found.transform()).isEmpty();
    }

    @Test
    void featuresOfAnotherDimensionHaveNoMatchesEvenUnderTheSameModelsName() {
        var rows = ByteBuffer.allocate(8 * query.keypoints().size());
        var other = new LocalFeatures(
                query.model(), query.image(), query.keypoints(), QuantizedDescriptors.of(rows, 8, 1, 0));

        assertThat(verifier(GeometricModel.AFFINE).verify(query, other).matches())
                .isZero();
    }

    private static GeometricVerifier verifier(GeometricModel model) {
        return new GeometricVerifier(0.9, model, 0.01);
    }
}
