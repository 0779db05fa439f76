package dev.fovea.architectures.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.repository.Provenance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WeightSourcesTest {

    private static final WeightSource TRUNK =
            held("trunk.pth", Provenance.Kind.TRAINED, "BSD-3-Clause", "conv1.weight", "fc.weight", "fc.bias");
    private static final WeightSource HEAD =
            held("head.safetensors", Provenance.Kind.FITTED, "CC0-1.0", "whiten.weight");

    @Nested
    class Merged {

        @Test
        void findsTensorsOfAllSources() {
            var merged = MergedWeights.of(TRUNK, HEAD);

            assertThat(merged.names()).containsExactly("conv1.weight", "fc.bias", "fc.weight", "whiten.weight");
            assertThat(merged.find("whiten.weight")).isPresent();
            assertThat(merged.find("absent")).isEmpty();
        }

        @Test
        void isAsTrustworthyAsItsLeastAndNamesEveryFile() {
            WeightOrigin origin = MergedWeights.of(TRUNK, HEAD).origin();

            assertThat(origin.kind()).isEqualTo(Provenance.Kind.FITTED);
            assertThat(origin.source())
                    .isEqualTo(
                            "trunk.pth (SHA-256 trunk.pth-digest) + head.safetensors (SHA-256 head.safetensors-digest)");
            assertThat(origin.sha256()).isEmpty();
            assertThat(origin.licence()).isEqualTo("BSD-3-Clause AND CC0-1.0");
        }

        @Test
        void keepsTheOriginOfASingleSource() {
            assertThat(MergedWeights.of(TRUNK).origin()).isEqualTo(TRUNK.origin());
        }

        @Test
        void refusesNamesThatTwoSourcesHave() {
            assertThatThrownBy(() -> MergedWeights.of(TRUNK, HEAD, TRUNK))
                    .isInstanceOf(WeightsException.class)
                    .hasMessage("3 tensors are in more than one of trunk.pth, head.safetensors, trunk.pth: "
                            + "conv1.weight, fc.{bias, weight}");
        }

        @Test
        void asksASourceThatMakesUpTensorsLast() {
            var merged = MergedWeights.of(new SeededWeights("x:"), TRUNK);

            assertThat(merged.find("conv1.weight", 1).orElseThrow().values()).containsExactly(1);
            assertThat(merged.find("new.bias", 3).orElseThrow().values()).hasSize(3);
            assertThat(merged.origin().kind()).isEqualTo(Provenance.Kind.SEEDED);
        }
    }

    @Nested
    class Renamed {

        @Test
        void putsAPrefixBeforeEveryName() {
            WeightSource renamed = RenamedWeights.prefixed(TRUNK, "cnn.");

            assertThat(renamed.names()).containsExactly("cnn.conv1.weight", "cnn.fc.bias", "cnn.fc.weight");
            assertThat(renamed.find("cnn.conv1.weight")).isPresent();
            assertThat(renamed.find("conv1.weight")).isEmpty();
            assertThat(renamed.origin()).isEqualTo(TRUNK.origin());
        }

        @Test
        void takesAPrefixOffWhereItIs() {
            assertThat(RenamedWeights.stripped(TRUNK, "fc.").names()).containsExactly("bias", "conv1.weight", "weight");
        }

        @Test
        void refusesAPrefixThatNoNameCarries() {
            assertThatThrownBy(() -> RenamedWeights.stripped(TRUNK, "module."))
                    .isInstanceOf(WeightsException.class)
                    .hasMessage(
                            "trunk.pth: no name begins with \"module.\"; there are conv1.weight, fc.{bias, weight}");
        }

        @Test
        void followsATableOfNamesAndOfPrefixes() {
            WeightSource renamed =
                    RenamedWeights.mapped(TRUNK, Map.of("conv1.", "features.0.", "fc.", "head.", "fc.bias", "offset"));

            assertThat(renamed.names()).containsExactly("features.0.weight", "head.weight", "offset");
        }

        @Test
        void refusesATableThatNamesWhatIsNotThere() {
            assertThatThrownBy(() -> RenamedWeights.mapped(TRUNK, Map.of("conv2.weight", "a", "bn.", "b")))
                    .isInstanceOf(WeightsException.class)
                    .hasMessageStartingWith("trunk.pth: no tensor to rename is called bn., conv2.weight; there are ");
        }

        @Test
        void refusesTwoNamesThatBecomeOne() {
            assertThatThrownBy(() -> RenamedWeights.mapped(TRUNK, Map.of("fc.bias", "fc.weight")))
                    .isInstanceOf(WeightsException.class)
                    .hasMessageContaining("would both be called fc.weight");
        }

        @Test
        void refusesASourceThatListsNoNames() {
            assertThatThrownBy(() -> RenamedWeights.prefixed(new SeededWeights(""), "a."))
                    .isInstanceOf(WeightsException.class)
                    .hasMessageContaining("lists no tensors to rename");
        }
    }

    @Nested
    class Ignoring {

        @Test
        void hidesWhatFitsAPattern() {
            WeightSource ignoring = IgnoringWeights.of(TRUNK, List.of("fc.*", "absent"));

            assertThat(ignoring.names()).containsExactly("conv1.weight");
            assertThat(ignoring.find("fc.bias")).isEmpty();
            assertThat(ignoring.find("conv1.weight")).isPresent();
        }

        @Test
        void readsDotsAsDotsAndQuestionMarksAsOneCharacter() {
            assertThat(IgnoringWeights.of(TRUNK, List.of("fcXbias", "conv?.weight"))
                            .names())
                    .containsExactly("fc.bias", "fc.weight");
        }

        @Test
        void fitsWholeNamesOnly() {
            assertThat(IgnoringWeights.of(TRUNK, List.of("bias", "fc")).names()).hasSize(3);
        }
    }

    private static WeightSource held(String file, Provenance.Kind kind, String licence, String... names) {
        Map<String, WeightTensor> tensors = new TreeMap<>();
        for (String name : names) {
            tensors.put(name, HeldTensor.of(new float[] {1}, 1));
        }
        return new HeldWeights(new WeightOrigin(kind, file, Optional.of(file + "-digest"), licence), tensors);
    }
}
