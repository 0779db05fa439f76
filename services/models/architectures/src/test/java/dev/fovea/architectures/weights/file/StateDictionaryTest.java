package dev.fovea.architectures.weights.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.architectures.weights.WeightsException;
import dev.fovea.architectures.weights.file.PickleBytes.Declared;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateDictionaryTest {

    private final Path folder;

    StateDictionaryTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state_dict",
                "model",
                "model_state_dict",
                "model_state",
                "net",
                "network",
                "params",
                "weights",
                "module",
                "state_dict_ema",
                "model_ema",
                "ema",
                "a_name_of_its_own"
            })
    void looksInsideAWrapperOfAnyName(String wrapper) {
        WeightFile file = open(pickle -> pickle.op('}', '(')
                .text("epoch")
                .whole(3)
                .text(wrapper)
                .stateDictionary(List.of(scalar("w", "0")))
                .op('u'));

        assertThat(file.names()).containsExactly("w");
        assertThat(file.notes()).containsExactly("tensors were taken from \"" + wrapper + "\"");
    }

    @Test
    void prefersTheUsualNameAndSaysWhatElseThereIs() {
        WeightFile file = open(StateDictionaryTest::twoNetworks);

        assertThat(file.names()).containsExactly("trained");
        assertThat(file.notes()).containsExactly("tensors were taken from \"state_dict\"; also there: state_dict_ema");
    }

    @Test
    void takesTheEntryThatTheCallerNames() {
        WeightFile file = open(StateDictionaryTest::twoNetworks, WeightFileOptions.DEFAULT.withEntry("state_dict_ema"));

        assertThat(file.names()).containsExactly("averaged");
    }

    @Test
    void saysWhatThereIsWhenTheNamedEntryIsAbsent() {
        assertThatThrownBy(
                        () -> open(StateDictionaryTest::twoNetworks, WeightFileOptions.DEFAULT.withEntry("model/ema")))
                .isInstanceOf(WeightsException.class)
                .hasMessage("net.pt: has no \"model\" for the entry \"model/ema\"; there are"
                        + " state_dict_ema, state_dict");
    }

    @Test
    void goesThroughWrappersWithinWrappers() {
        WeightFile file = open(pickle -> pickle.op('}')
                .text("model")
                .op('}')
                .text("state_dict")
                .stateDictionary(List.of(scalar("w", "0")))
                .op('s', 's'));

        assertThat(file.names()).containsExactly("w");
        assertThat(file.notes()).hasSize(2);
    }

    @Test
    void prefersAWrapperToATensorBesideIt() {
        WeightFile file = open(pickle -> pickle.op('}', '(')
                .text("rng_state")
                .tensor(scalar("rng_state", "1"))
                .text("state_dict")
                .stateDictionary(List.of(scalar("w", "0")))
                .op('u'));

        assertThat(file.names()).containsExactly("w");
    }

    @Test
    void asksForANameWhenSeveralDictionariesOfUnknownNamesHoldTensors() {
        assertThatThrownBy(() -> open(pickle -> pickle.op('}', '(')
                        .text("encoder")
                        .stateDictionary(List.of(scalar("w", "0")))
                        .text("decoder")
                        .stateDictionary(List.of(scalar("v", "1")))
                        .op('u')))
                .isInstanceOf(WeightsException.class)
                .hasMessage("net.pt: holds several dictionaries of tensors, name one: encoder, decoder");
    }

    @Test
    void takesOffPrefixesThatAllNamesCarry() {
        WeightFile file = open(pickle ->
                pickle.stateDictionary(List.of(scalar("_orig_mod.module.a", "0"), scalar("_orig_mod.module.b", "1"))));

        assertThat(file.names()).containsExactly("a", "b");
        assertThat(file.notes())
                .containsExactly(
                        "all names began with \"_orig_mod.\", which was taken off",
                        "all names began with \"module.\", which was taken off");
    }

    @Test
    void takesOffFourPrefixesAndNoMore() {
        WeightFile file = open(pickle -> pickle.stateDictionary(List.of(scalar("module.".repeat(6) + "a", "0"))));

        assertThat(file.names()).containsExactly("module.module.a");
        assertThat(file.notes()).hasSize(4);
    }

    @Test
    void keepsAPrefixThatOnlySomeNamesCarry() {
        WeightFile file = open(pickle -> pickle.stateDictionary(List.of(scalar("module.a", "0"), scalar("b", "1"))));

        assertThat(file.names()).containsExactly("b", "module.a");
    }

    @Test
    void ignoresWhatIsNoTensor() {
        WeightFile file = open(pickle -> pickle.op('}', '(')
                .text("w")
                .tensor(scalar("w", "0"))
                .text("note")
                .text("hello")
                .text("nothing")
                .op('N')
                .text("hooks")
                .op(']', 'u'));

        assertThat(file.names()).containsExactly("w");
    }

    @ParameterizedTest
    @ValueSource(strings = {"}.", "].", "N.", "K\u0005.", "}U\u0001aK\u0001s."})
    void refusesACheckpointWithoutTensors(String pickle) {
        assertThatThrownBy(() -> open(bytes -> bytes.raw(pickle)))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("no dictionary of tensors");
    }

    private static PickleBytes twoNetworks(PickleBytes pickle) {
        return pickle.op('}', '(')
                .text("state_dict_ema")
                .stateDictionary(List.of(scalar("averaged", "0")))
                .text("state_dict")
                .stateDictionary(List.of(scalar("trained", "1")))
                .op('u');
    }

    private static Declared scalar(String name, String key) {
        return Declared.of(name, "FloatStorage", key, 1, List.of());
    }

    private WeightFile open(UnaryOperator<PickleBytes> content) {
        return open(content, WeightFileOptions.DEFAULT);
    }

    private WeightFile open(UnaryOperator<PickleBytes> content, WeightFileOptions options) {
        byte[] pickle = content.apply(new PickleBytes()).stop();
        byte[] one = TorchFiles.floats(1);
        byte[] archive = TorchFiles.zip(pickle, Map.of("0", one, "1", one)).bytes();
        return WeightFile.open(TorchFiles.write(folder, "net.pt", archive), options);
    }
}
