package dev.fovea.tests.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.ServingForm;
import dev.fovea.architectures.registry.Architectures;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program from end to end: on the processor always, on a GPU where there is one.
class GpuProgramTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final GpuProgram program = new GpuProgram(new PrintStream(printed, true, StandardCharsets.UTF_8));

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path repository;

    @BeforeEach
    void buildSiftNet() throws Exception {
        ModelVersion model = new ModelRepository(repository).place("siftnet", 1);
        Files.createDirectories(repository.resolve("siftnet").resolve("1"));
        var request = ModelRequest.defaults("siftnet", ElementType.UINT8)
                .withForm(ServingForm.DEFAULT.withBuckets(List.of(1, 8, 32)));
        Files.write(model.file(), Architectures.named("siftnet").build(request).toBytes());
    }

    private int run(String... args) throws Exception {
        String[] all = java.util.Arrays.copyOf(args, args.length + 1);
        all[args.length] = repository.toString();
        return program.run(all);
    }

    private String output() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void findsThatTheProcessorEqualsItself() throws Exception {
        Path json = repository.resolveSibling(repository.getFileName() + ".json");
        int status = run("--provider", "cpu", "--seconds", "0.2", "--runs", "300", "--json", json.toString());
        assertThat(status).as(output()).isZero();
        assertThat(output())
                .contains(
                        "model siftnet@1", "bucket   32  largest difference 0.00e+00", "raw ONNX Runtime", "all well");
        assertThat(json).content().contains("\"provider\" : \"Cpu[", "\"batcher\"");
        Files.delete(json);
    }

    @Test
    void saysWhatIsWrongWithItsArguments() throws Exception {
        assertThat(run("--provider", "rocm")).isEqualTo(2);
        assertThat(run("--speed", "1")).isEqualTo(2);
        assertThat(output())
                .contains("execution provider \"rocm\" is unknown", "\"--speed\" is unknown", "usage: GpuProgram");
    }

    @Test
    @DisabledWhereCudaWorks
    void saysWhatCudaLacksAndFails() throws Exception {
        assertThat(run("--provider", "cuda")).isEqualTo(3);
        assertThat(output()).contains("execution provider cuda cannot start: ");
    }

    @Test
    @Tag("gpu")
    @EnabledIfCuda
    void findsThatCudaEqualsTheProcessorAndKeepsItsMemory() throws Exception {
        assertThat(run("--provider", "cuda", "--seconds", "1", "--runs", "10000"))
                .as(output())
                .isZero();
    }
}
