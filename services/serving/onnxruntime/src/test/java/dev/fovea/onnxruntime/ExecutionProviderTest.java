package dev.fovea.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.onnxruntime.ExecutionProvider.ArenaExtension;
import dev.fovea.onnxruntime.ExecutionProvider.ConvolutionSearch;
import dev.fovea.onnxruntime.ExecutionProvider.Cpu;
import dev.fovea.onnxruntime.ExecutionProvider.Cuda;
import dev.fovea.onnxruntime.ExecutionProvider.TensorRt;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutionProviderTest {

    @Test
    void takesTheDocumentedDefaults() {
        assertThat(ExecutionProvider.of("cpu", Map.of()))
                .isEqualTo(new Cpu(Runtime.getRuntime().availableProcessors(), false));
        assertThat(ExecutionProvider.of("cuda", Map.of())).isEqualTo(Cuda.onDevice(0));
        assertThat(ExecutionProvider.of("tensorrt", Map.of())).isEqualTo(new TensorRt(0, false, 0, Optional.empty()));
    }

    @Test
    void readsEveryOption() {
        assertThat(ExecutionProvider.of("cpu", Map.of("threads", "3", "spinning", "true")))
                .isEqualTo(new Cpu(3, true));
        assertThat(ExecutionProvider.of(
                        "cuda",
                        Map.of(
                                "device-id", "1",
                                "memory-limit-bytes", "2147483648",
                                "arena-extension", "next-power-of-two",
                                "convolution-search", "exhaustive",
                                "convolution-max-workspace", "false",
                                "tf32", "true")))
                .isEqualTo(new Cuda(
                        1, 2147483648L, ArenaExtension.NEXT_POWER_OF_TWO, ConvolutionSearch.EXHAUSTIVE, false, true));
        assertThat(ExecutionProvider.of(
                        "tensorrt",
                        Map.of(
                                "device-id", "2",
                                "float16", "true",
                                "max-workspace-bytes", "16777216",
                                "engine-cache", "engines")))
                .isEqualTo(new TensorRt(2, true, 16777216, Optional.of(Path.of("engines"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        cpu  | threads            | 0       | option threads of execution provider cpu: 0 is outside 1 to 1024
        cpu  | threads            | 1025    | 1025 is outside 1 to 1024
        cpu  | threads            | two     | two is not a whole number
        cpu  | spinning           | yes     | yes is neither true nor false
        cpu  | thread             | 2       | execution provider cpu has no option "thread"; it has spinning, threads
        cuda | device-id          | -1      | -1 is outside 0 to
        cuda | memory-limit-bytes | 1048576 | option memory-limit-bytes of execution provider cuda: 1048576 is below 16777216
        cuda | arena-extension    | double  | double is none of same-as-requested, next-power-of-two
        cuda | convolution-search | fast    | fast is none of heuristic, exhaustive, default
        tensorrt | max-workspace-bytes | 5  | 5 is below 16777216
        rocm | device-id          | 0       | execution provider "rocm" is unknown; there are cpu, cuda and tensorrt
        """)
    void quotesTheOptionItsValueAndItsRange(String provider, String key, String value, String expected) {
        assertThatThrownBy(() -> ExecutionProvider.of(provider, Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void refusesAListThatIsEmptyRepeatsAKindOrPutsTheProcessorFirst() {
        var cpu = Cpu.withThreads(1);
        assertThatThrownBy(() -> new OnnxRuntimeLoader(List.of())).hasMessageContaining("at least one");
        assertThatThrownBy(() -> new OnnxRuntimeLoader(List.of(Cuda.onDevice(0), Cuda.onDevice(1))))
                .hasMessageContaining("[cuda, cuda] name one twice");
        assertThatThrownBy(() -> new OnnxRuntimeLoader(List.of(cpu, Cuda.onDevice(0))))
                .hasMessageContaining("[cpu, cuda]: cpu runs every node, so it must come last");
    }
}
