package dev.fovea.architectures.weights.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.architectures.weights.WeightsException;
import dev.fovea.architectures.weights.file.PickleBytes.Declared;
import dev.fovea.architectures.weights.file.TorchFiles.Stored;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchLegacyTest {

    private static final Declared A = Declared.of("a", "FloatStorage", "94283412167392", 2, List.of(2L));
    private static final Declared B = Declared.of("b", "FloatStorage", "94283413824608", 3, List.of(3L));
    private static final Stored TWO = Stored.floats("94283412167392", 1, 2);
    private static final Stored THREE = Stored.floats("94283413824608", 3, 4, 5);

    private final Path folder;

    TorchLegacyTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void readsStoragesInTheOrderOfTheirKeys() {
        WeightFile file = open(TorchFiles.legacy(PickleBytes.checkpoint(A, B), List.of(THREE, TWO)));

        assertThat(file.find("a").orElseThrow().values()).containsExactly(1, 2);
        assertThat(file.find("b").orElseThrow().values()).containsExactly(3, 4, 5);
    }

    @Test
    void readsAViewOfAStorageAsEarlyVersionsWroteIt() {
        byte[] pickle = new PickleBytes()
                .orderedDict()
                .op('(')
                .text("tail")
                .global("torch._utils", "_rebuild_tensor")
                .op('(', '(')
                .text("storage")
                .global("torch", "FloatStorage")
                .text(B.key())
                .text("cpu")
                .whole(3)
                .op('(')
                .text("view")
                .whole(1)
                .whole(2)
                .op('t', 't', 'Q')
                .whole(0)
                .wholes(List.of(2L))
                .wholes(List.of(1L))
                .op('t', 'R', 'u')
                .stop();

        WeightFile file = open(TorchFiles.legacy(pickle, List.of(THREE)));

        assertThat(file.find("tail").orElseThrow().values()).containsExactly(4, 5);
    }

    @Test
    void refusesAStorageOfAnotherLengthThanDeclared() {
        var longer = Stored.floats(TWO.key(), 1, 2, 3);

        assertThatThrownBy(() -> open(TorchFiles.legacy(PickleBytes.checkpoint(A), List.of(longer))))
                .isInstanceOf(WeightsException.class)
                .hasMessage("net.pth: storage \"94283412167392\" holds 3 elements, declared are 2");
    }

    @Test
    void refusesATensorWhoseStorageIsMissing() {
        assertThatThrownBy(() -> open(TorchFiles.legacy(PickleBytes.checkpoint(A, B), List.of(TWO))))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("storage \"94283413824608\" is not in the file");
    }

    @Test
    void refusesAStorageThatNothingRefersTo() {
        assertThatThrownBy(() -> open(TorchFiles.legacy(PickleBytes.checkpoint(A), List.of(TWO, THREE))))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("lists a storage that nothing refers to");
    }

    @Test
    void refusesAStorageListedTwice() {
        assertThatThrownBy(() -> open(TorchFiles.legacy(PickleBytes.checkpoint(A), List.of(TWO, TWO))))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("lists storage \"94283412167392\" twice");
    }

    @Test
    void refusesAPickleThatPyTorchDidNotSave() {
        assertThatThrownBy(() -> open(PickleBytes.checkpoint(A)))
                .isInstanceOf(WeightsException.class)
                .hasMessage("net.pth: is a plain pickle, not a checkpoint that PyTorch saved");
    }

    @Test
    void refusesTarFilesOfTheFirstVersionsWithAdvice() {
        byte[] tar = new byte[1024];
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);

        assertThatThrownBy(() -> open(tar))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("tar archive")
                .hasMessageContaining("load and save it with a newer PyTorch");
    }

    private WeightFile open(byte[] bytes) {
        return WeightFile.open(TorchFiles.write(folder, "net.pth", bytes));
    }
}
