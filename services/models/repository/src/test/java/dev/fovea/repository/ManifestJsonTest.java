package dev.fovea.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestJsonTest {

    private final ModelManifest manifest = Manifests.siftnet();

    @Test
    void readsBackWhatItWrote() {
        assertThat(ManifestJson.read(ManifestJson.write(manifest))).isEqualTo(manifest);
    }

    @Test
    void readsBackAManifestWithoutSampleAndDigest() {
        var bare = new ModelManifest(
                "m",
                1,
                "t",
                "a",
                Map.of(),
                manifest.inputs(),
                manifest.outputs(),
                manifest.preprocessing(),
                List.of(),
                "none",
                List.of(4),
                new Provenance(Provenance.Kind.SEEDED, "s", Optional.empty(), "x", "b"),
                "p",
                Optional.empty());

        String json = ManifestJson.write(bare);

        assertThat(json).doesNotContain("sample", "sha256", "null");
        assertThat(ManifestJson.read(json)).isEqualTo(bare);
    }

    @Test
    void writesParametersSortedSoThatEqualManifestsGiveEqualText() {
        assertThat(ManifestJson.write(manifest))
                .contains("\"parameters\":{\"clipval\":\"0.2\",\"patch_size\":\"32\",\"rootsift\":\"true\"}")
                .startsWith("{\"name\":\"siftnet\",\"version\":3,\"task\":\"patch-description\"");
    }

    @Test
    void ignoresFieldsItDoesNotKnow() {
        String json = ManifestJson.write(manifest).replaceFirst("\\{", "{\"shinyNewField\":[1,{\"x\":2}],");

        assertThat(ManifestJson.read(json)).isEqualTo(manifest);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"version\":3 | \"version\":\"3\" | manifest.version must be a whole number of 32 bits, found \"3\"",
                "\"version\":3 | \"version\":0 | manifest: model version 0 is below 1",
                "\"version\":3, | | manifest.version is missing",
                "UINT8 | UINT9 | manifest.inputs[0].elementType \"UINT9\" is not one of [FLOAT32, FLOAT16, UINT8, INT64]",
                "[32,32] | [32,-1] | manifest.inputs[0]: tensor patches: size -1 in [32, -1] is below 1",
                "[1,8,32] | [8,1] | manifest: batch buckets [8, 1] of model siftnet must be positive and ascending",
                "[1,8,32] | [1,true] | manifest.batchBuckets[1] must be a whole number of 32 bits, found true",
                "\"patch\", | \"sound\", | manifest.preprocessing.kind \"sound\" is not one of [patch, image]",
                "\"patchSize\":32 | \"patchSize\":1 | manifest.preprocessing: patch size 1 is below 2",
                "\"rootsift\":\"true\" | \"rootsift\":true | manifest.parameters.rootsift must be text, found true",
                "\"seed\":7 | \"seed\":7.5 | manifest.sample.seed must be a whole number of 64 bits, found 7.5",
            })
    void namesTheFieldThatIsWrong(String right, String wrong, String message) {
        String json = ManifestJson.write(manifest);
        String broken = json.replace(right, wrong == null ? "" : wrong);

        assertThat(broken).isNotEqualTo(json);
        assertThatThrownBy(() -> ManifestJson.read(broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{\"name\":", "<manifest/>"})
    void refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> ManifestJson.read(text)).hasMessageStartingWith("the manifest is not JSON: ");
    }

    @Test
    void refusesJsonThatIsNoObject() {
        assertThatThrownBy(() -> ManifestJson.read("[1]")).hasMessageContaining("manifest must be an object");
    }
}
