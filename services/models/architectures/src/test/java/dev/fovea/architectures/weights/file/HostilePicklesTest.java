package dev.fovea.architectures.weights.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.fovea.architectures.weights.WeightsException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Pickles made to run programs, to fill the memory or to never end.
class HostilePicklesTest {

    /// A million empty dictionaries, the most that a pickle may make, take 109 MB.
    private static final long MAX_ALLOCATION = 192L << 20;

    private final Path folder;

    HostilePicklesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    static Stream<Arguments> programs() {
        return Stream.of(
                argumentSet("a shell command", "cos\nsystem\n(S'id'\ntR.", "refers to os.system, which is not"),
                argumentSet("the same by its other name", "cposix\nsystem\n(S'id'\ntR.", "refers to posix.system"),
                argumentSet("a process", "csubprocess\nPopen\n(S'id'\ntR.", "refers to subprocess.Popen"),
                argumentSet("an expression", "cbuiltins\neval\n(S'1'\ntR.", "refers to builtins.eval"),
                argumentSet("of Python 2", "c__builtin__\nexecfile\n(S'x'\ntR.", "refers to __builtin__.execfile"),
                argumentSet("an attribute", "cbuiltins\ngetattr\n.", "refers to builtins.getattr"),
                argumentSet("a pickle within", "c_pickle\nloads\n.", "refers to _pickle.loads"),
                argumentSet("a download", "ctorch.hub\nload\n.", "refers to torch.hub.load"),
                argumentSet(
                        "another checkpoint", "ctorch.storage\n_load_from_bytes\n.", "torch.storage._load_from_bytes"),
                argumentSet("a member of what is allowed", "ccollections\nOrderedDict.fromkeys\n.", "fromkeys"),
                argumentSet(
                        "an allowed name split elsewhere",
                        "ccollections.OrderedDict\n\n.",
                        "refers to collections.OrderedDict., "),
                argumentSet("names on the stack", "\u0080\u0004\u008c\u0002os\u008c\u0006system\u0093.", "os.system"),
                argumentSet("an instance", "(S'id'\nios\nsystem\n.", "refers to os.system"),
                argumentSet("an instance of what is allowed", "(icollections\nOrderedDict\n.", "opcode INST is not"),
                argumentSet("an object", "(ccollections\nOrderedDict\no.", "opcode OBJ is not allowed"),
                argumentSet("a new object", "cnt\nsystem\n)\u0081.", "refers to nt.system"),
                argumentSet("a new object with names", "\u0092.", "opcode NEWOBJ_EX is not allowed"),
                argumentSet("an extension", "\u0082\u0001.", "opcode EXT1 is not allowed"),
                argumentSet("a persistent id as text", "P1\n.", "opcode PERSID is not allowed"),
                argumentSet("a buffer from outside", "\u0097.", "opcode NEXT_BUFFER is not allowed"),
                argumentSet("a call of a text", "U\u0001a)R.", "what is called is no constructor"),
                argumentSet("attributes of a number", "K\u0001}b.", "sets attributes of what has none"),
                argumentSet("a name in control characters", "cos\u001b[2J\nsystem\n.", "refers to os?[2J.system"),
                argumentSet(
                        "a whole model", "(U\u0006moduleK\u0001K\u0001K\u0001K\u0001tQ.", "holds code and is not read"),
                argumentSet("a storage outside a tensor", "ctorch\nFloatStorage\n)R.", "is made outside a tensor"));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void runsNothing(String pickle, String problem) {
        assertRefused(latin1(pickle), problem);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                argumentSet("nothing", "", "truncated"),
                argumentSet("no end", "]", "truncated"),
                argumentSet("an empty stack", ".", "nothing on the stack"),
                argumentSet("a pop too many", "N00.", "nothing on the stack"),
                argumentSet("a pop beyond a mark", "N(0.", "nothing on the stack"),
                argumentSet("a tuple without a mark", "t.", "no group is open"),
                argumentSet("an unknown opcode", "\u00ff.", "0xff is no opcode"),
                argumentSet("a protocol to come", "\u0080\u0006.", "pickle protocol 6 is newer than 5"),
                argumentSet("a memo entry never set", "h\u0007.", "memo entry 7 was never set"),
                argumentSet("a negative memo entry", "Np-1\n.", "is no index"),
                argumentSet("a key without a value", "}(K\u0001u.", "a key without a value"),
                argumentSet("a number that is none", "Iabc\n.", "\"abc\" is no integer"),
                argumentSet("a text without quotes", "Sabc\n.", "a text without quotes"),
                argumentSet("an entry of a list", "]NNs.", "sets an entry of what is no dictionary"),
                argumentSet("an item of a number", "K\u0001Na.", "appends to what is no list"),
                argumentSet("a name twice", "}(U\u0001aNU\u0001aNu.", "a dictionary names \"a\" twice"),
                argumentSet(
                        "a frame over the end",
                        "\u0095\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007fN.",
                        "leaves the file"),
                argumentSet(
                        "a negative frame",
                        "\u0095\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ffN.",
                        "leaves the file"),
                argumentSet("a text of 4 GB", "X\u00ff\u00ff\u00ff\u00ff", "a text of 4294967295 bytes"),
                argumentSet(
                        "a text of a negative length",
                        "\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff",
                        "a text of 18446744073709551615"),
                argumentSet("a text over the end", "X\u00ff\u0000\u0000\u0000abc", "truncated: 255 bytes wanted"),
                argumentSet(
                        "bytes over the end", "\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f", "truncated"),
                argumentSet(
                        "bytes of a negative length",
                        "\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff",
                        "truncated"),
                argumentSet("an integer of 2 GB", "\u008b\u00ff\u00ff\u00ff\u007f", "an integer of 2147483647 bytes"),
                argumentSet("a decimal of many digits", "L" + "9".repeat(5000) + "L\n.", "longer than 255 bytes"),
                argumentSet("a name of many letters", "c" + "a".repeat(5000), "longer than 4096 bytes"),
                argumentSet("a dictionary of no pairs", "ccollections\nOrderedDict\n]Na\u0085R.", "no list of pairs"),
                argumentSet("a dictionary of triples", "ccollections\nOrderedDict\n(](NNNtatR.", "no list of pairs"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void refusesWhatIsNoPickle(String pickle, String problem) {
        assertRefused(latin1(pickle), problem);
    }

    static Stream<Arguments> cycles() {
        return Stream.of(
                argumentSet("a list in itself", "]q\u0000h\u0000a."),
                argumentSet("a dictionary in itself", "}q\u0000U\u0001ah\u0000s."),
                argumentSet("a dictionary in itself under a number", "}q\u0000K\u0001h\u0000s."),
                argumentSet("a dictionary as its own attribute", "}q\u0000h\u0000b."),
                argumentSet("a tuple in a list in it", "]q\u0000h\u0000\u0085ah\u0000."),
                argumentSet("far inside", "}U\u0001a]q\u0001]]h\u0001aaas."),
                argumentSet("the usual wrapper", "}q\u0000U\u0005modelh\u0000s."));
    }

    @ParameterizedTest
    @MethodSource("cycles")
    void refusesContainersThatHoldThemselves(String pickle) {
        assertRefused(latin1(pickle), "a container holds itself");
    }

    static Stream<Arguments> floods() {
        return Stream.of(
                argumentSet("deep lists", "]".repeat(150) + "a".repeat(149) + ".", "nest deeper than 100"),
                argumentSet("very deep tuples", "]" + "\u0085".repeat(400_000) + ".", "nest deeper than 100"),
                argumentSet("marks", "(".repeat(300) + ".", "more than 200 groups nested"),
                argumentSet("a high stack", "]".repeat(300_000) + ".", "more than 200000 values on the stack"),
                argumentSet("endless work", "N0".repeat(600_000) + "N.", "more than 1000000 steps"),
                argumentSet(
                        "many dictionaries", "]" + ("(" + "}".repeat(1000) + "e").repeat(1100) + ".", "1000000 steps"),
                argumentSet("many lists", "]" + ("(" + "]".repeat(1000) + "e").repeat(1100) + ".", "1000000 steps"));
    }

    @ParameterizedTest
    @MethodSource("floods")
    void endsEarlyWhenAPickleDoesNot(String pickle, String problem) {
        assertRefused(latin1(pickle), problem);
    }

    @Test
    void limitsTheMemo() {
        PickleBytes pickle = new PickleBytes().op('N');
        IntStream.range(0, 500_001).forEach(i -> pickle.op('r').little(4, i));

        assertRefused(pickle.stop(), "more than 500000 memo entries");
    }

    @Test
    void countsWhatIsCopiedAgainAndAgain() {
        String pairs = "]q\u0001(" + "K\u0001N\u0086".repeat(10_000) + "e\u0085q\u0002";
        String copies = "h\u0003h\u0002R0".repeat(200);

        assertRefused(latin1(pairs + "ccollections\nOrderedDict\nq\u0003" + copies + "."), "1000000 steps");
    }

    /// Each level holds the one below twice: 2^90 paths, 90 containers.
    @Test
    void walksSharedContainersOnce() {
        var lists = new StringBuilder("]");
        var dictionaries = new StringBuilder("}");
        for (int level = 0; level < 90; level++) {
            lists.append("q\u0001]h\u0001ah\u0001a");
            dictionaries.append("q\u0001}(U\u0005modelh\u0001U\u0003neth\u0001u");
        }
        assertRefused(latin1(lists + "."), "no dictionary of tensors");
        assertRefused(latin1(dictionaries + "."), "no dictionary of tensors");
    }

    /// Each dictionary stands in a list near the root, before the next one holds it.
    @Test
    void refusesContainersThatNestDeepThoughEachIsMetNearTheRoot() {
        int last = 20_000;
        PickleBytes pickle = new PickleBytes().raw("}U\u0001a](}r").little(4, 0);
        for (int i = 1; i <= last; i++) {
            pickle.raw("}U\u0005modelj").little(4, i - 1).raw("sr").little(4, i);
        }
        pickle.raw("esU\u0005modelj").little(4, last).raw("s");

        assertRefused(pickle.stop(), "nest deeper than 100");
    }

    @Test
    void refusesAPickleOverTheSizeLimit() {
        var pickle = new ByteArrayOutputStream();
        byte[] text = new byte[1 << 20];
        for (int i = 0; i < 65; i++) {
            pickle.writeBytes(new byte[] {'B', 0, 0, 0x10, 0});
            pickle.writeBytes(text);
            pickle.write('0');
        }
        pickle.writeBytes(latin1("N."));
        Path file = TorchFiles.write(folder, "net.pth", TorchFiles.legacy(pickle.toByteArray(), List.of()));

        assertThatThrownBy(() -> WeightFile.open(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("longer than 67108864 bytes");
    }

    @Test
    void saysWhereInThePickleTheProblemIs() {
        assertRefused(latin1("]cos\nsystem\n."), "net.pt: pickle at byte 1: refers to os.system");
    }

    private void assertRefused(byte[] pickle, String problem) {
        byte[] archive = new ZipBytes(pickle.length + 4096)
                .add("archive/data.pkl", pickle)
                .add("archive/data/0", TorchFiles.floats(1, 2))
                .bytes();
        Path file = TorchFiles.write(folder, "net.pt", archive);

        long allocated = Allocation.during(() -> assertThatThrownBy(() -> WeightFile.open(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageStartingWith("net.pt: ")
                .hasMessageContaining(problem));

        assertThat(allocated).isLessThan(MAX_ALLOCATION);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
