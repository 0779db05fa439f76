package dev.fovea.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.repository.ImagePreprocessing.ChannelOrder;
import dev.fovea.repository.ImagePreprocessing.Interpolation;
import dev.fovea.repository.PixelNormalization.Place;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImagePreprocessingTest {

    private static final PixelNormalization IMAGE_NET =
            new PixelNormalization(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225), Place.GRAPH);

    static final List<ResizeRule> RULES =
            List.of(new ResizeRule.Stretch(), new ResizeRule.CropCentre(256), new ResizeRule.Pad(114));

    @ParameterizedTest
    @FieldSource("RULES")
    void comesBackFromItsJson(ResizeRule rule) {
        for (Interpolation interpolation : Interpolation.values()) {
            for (ChannelOrder channels : ChannelOrder.values()) {
                for (Place place : Place.values()) {
                    var normalization = new PixelNormalization(IMAGE_NET.mean(), List.of(1.0, 2.5, 1.0 / 3), place);
                    var spec = new ImagePreprocessing(224, 192, rule, interpolation, channels, normalization);

                    assertThat(read(ImagePreprocessingJson.write(spec).toString()))
                            .isEqualTo(spec);
                }
            }
        }
    }

    @Test
    void isReadAsTheManifestPrintsIt() {
        ModelManifest patches = Manifests.siftnet();
        var manifest = new ModelManifest(
                "m",
                1,
                "image-classification",
                "resnet18",
                patches.parameters(),
                patches.inputs(),
                patches.outputs(),
                crop(256),
                List.of(),
                "none",
                List.of(1),
                patches.provenance(),
                "p",
                patches.sample());

        String json = ManifestJson.write(manifest);

        assertThat(json)
                .contains("\"preprocessing\":{\"kind\":\"image\",\"heightPx\":224,\"widthPx\":224,"
                        + "\"resize\":{\"rule\":\"crop-centre\",\"shorterSidePx\":256},"
                        + "\"interpolation\":\"AREA\",\"channels\":\"RGB\",\"normalization\":"
                        + "{\"mean\":[0.485,0.456,0.406],\"std\":[0.229,0.224,0.225],\"place\":\"GRAPH\"}}");
        assertThat(ManifestJson.read(json)).isEqualTo(manifest);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"heightPx\":224, | | manifest.preprocessing.heightPx is missing from the manifest",
                "\"widthPx\":224 | \"widthPx\":\"224\" | manifest.preprocessing.widthPx must be a whole number of 32 bits",
                "\"widthPx\":224 | \"widthPx\":0 | manifest.preprocessing: width 0 px is outside 1 to 4096",
                "\"heightPx\":224 | \"heightPx\":4097 | manifest.preprocessing: height 4097 px is outside 1 to 4096",
                "crop-centre | crop | manifest.preprocessing.resize.rule \"crop\" is not one of [stretch, crop-centre, pad]",
                "\"rule\":\"crop-centre\", | | manifest.preprocessing.resize.rule is missing",
                "\"shorterSidePx\":256 | \"shorterSidePx\":200 | manifest.preprocessing: a shorter side of 200 px is less",
                "\"shorterSidePx\":256 | \"shorterSidePx\":1.5 | manifest.preprocessing.resize.shorterSidePx must be a whole",
                "crop-centre\",\"shorterSidePx\":256 | pad\",\"grey\":256 | manifest.preprocessing.resize: grey value 256 is outside 0 to 255",
                "crop-centre\",\"shorterSidePx\":256 | pad\" | manifest.preprocessing.resize.grey is missing",
                "AREA | area | manifest.preprocessing.interpolation \"area\" is not one of [NEAREST, BILINEAR, BICUBIC, AREA]",
                "RGB | GBR | manifest.preprocessing.channels \"GBR\" is not one of [RGB, BGR]",
                "0.456, | `` | manifest.preprocessing.normalization: mean [0.485, 0.406] and std",
                "0.456 | true | manifest.preprocessing.normalization.mean[1] must be a number, found true",
                "0.229 | 0 | manifest.preprocessing.normalization: mean [0.485, 0.456, 0.406] must be finite and std",
                "0.225] | -0.225] | manifest.preprocessing.normalization: mean",
                "0.406 | 1e999 | manifest.preprocessing.normalization: mean [0.485, 0.456, Infinity] must be finite",
                "GRAPH | CLIENT | manifest.preprocessing.normalization.place \"CLIENT\" is not one of [GRAPH, SERVICE]",
                "\"resize\":{ | \"resized\":{ | manifest.preprocessing.resize is missing",
            })
    void namesTheFieldThatIsWrong(String right, String wrong, String message) {
        String json = ImagePreprocessingJson.write(crop(256)).toString();
        String broken = json.replace(right, wrong == null ? "" : wrong);

        assertThat(broken).isNotEqualTo(json);
        assertThatThrownBy(() -> read(broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @MethodSource
    void refusesSidesBeyondItsLimits(ResizeRule rule, int height, int width, String message) {
        assertThatThrownBy(() ->
                        new ImagePreprocessing(height, width, rule, Interpolation.AREA, ChannelOrder.RGB, IMAGE_NET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> refusesSidesBeyondItsLimits() {
        return Stream.of(
                Arguments.of(new ResizeRule.Stretch(), 0, 1, "height 0 px is outside 1 to 4096"),
                Arguments.of(new ResizeRule.Pad(0), 1, 4097, "width 4097 px is outside 1 to 4096"),
                Arguments.of(new ResizeRule.CropCentre(5000), 1, 1, "shorter side 5000 px is outside 1 to 4096"),
                Arguments.of(
                        new ResizeRule.CropCentre(223),
                        224,
                        100,
                        "a shorter side of 223 px is less than the crop of 100 x 224 px"));
    }

    private static ImagePreprocessing crop(int shorterSidePx) {
        return new ImagePreprocessing(
                224, 224, new ResizeRule.CropCentre(shorterSidePx), Interpolation.AREA, ChannelOrder.RGB, IMAGE_NET);
    }

    private static PreprocessingSpec read(String json) {
        String manifest = ManifestJson.write(Manifests.siftnet());
        int from = manifest.indexOf("\"preprocessing\":") + "\"preprocessing\":".length();
        int to = manifest.indexOf("}", from) + 1;
        return ManifestJson.read(manifest.substring(0, from) + json + manifest.substring(to))
                .preprocessing();
    }
}
