package dev.fovea.builder.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.builder.FoveaProgram;
import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.OutputSet;
import dev.fovea.inference.session.SessionException;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.OnnxWriter;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Pool;
import dev.fovea.onnx.shape.Shape;
import dev.fovea.onnxruntime.ExecutionProvider;
import dev.fovea.onnxruntime.OnnxRuntimeLoader;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import dev.fovea.repository.TensorSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdoptExplanationsTest {

    private static final int PLACES = ForeignFiles.SIDE * ForeignFiles.SIDE;
    private static final byte[] ITEM = ForeignFiles.bytes(11, 3 * PLACES);

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @EnumSource
    void sharesOfAllPositionsSumToTheScoreLessItsBias(ExplainedEnd end) throws Exception {
        ModelVersion model = adopt(end.file(), "explained", 5);

        assertThat(out.toString()).contains("explains itself by the maps ", " of 8 x 8 and the weights ");
        List<float[]> answers = all(model);
        float[] classes = answers.get(2);
        assertThat(classes).hasSize(3);
        double[] given = new double[3];
        for (int rank = 0; rank < 3; rank++) {
            int best = (int) classes[rank];
            given[rank] = logit(end, answers.getFirst()[best]) - ExplainedEnd.biases()[best];
        }
        // A softmax loses a constant: there the classes are compared with the best one.
        boolean relative = end == ExplainedEnd.SOFTMAX_BEHIND;
        for (int rank = 0; rank < 3; rank++) {
            double expected = given[rank] - (relative ? given[0] : 0);
            double share = sum(answers.get(1), rank) - (relative ? sum(answers.get(1), 0) : 0);
            assertThat(share).isCloseTo(expected, within(1e-5));
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersAreTheSameToTheLastBitWithAndWithout(ExplainedEnd end) throws Exception {
        ModelVersion explained = adopt(end.file(), "explained", 5);
        ModelVersion plain = adopt(end.file(), "plain", 5, "--no-explanations");

        assertThat(ForeignFiles.manifest(plain).outputs()).hasSize(1);
        assertThat(ForeignFiles.adopted(explained, ITEM)).isEqualTo(ForeignFiles.adopted(plain, ITEM));
        assertThat(all(explained).getFirst()).isEqualTo(ForeignFiles.adopted(plain, ITEM));
    }

    @Test
    void manifestSaysWhichOutputsExplain() throws IOException {
        ModelManifest manifest = ForeignFiles.manifest(adopt(ExplainedEnd.GEMM.file(), "explained", 5));

        assertThat(manifest.answers()).extracting(TensorSpec::name).containsExactly("answer");
        assertThat(manifest.explanations())
                .extracting(TensorSpec::name)
                .containsExactly("response_maps", "response_classes");
    }

    @Test
    void anotherEndIsSaidAndAdoptedWithoutExplanations() throws IOException {
        var graph = new Graph("foreign");
        Value input = graph.input("input", DataType.FLOAT32, Shape.batchOf(3, 8, 8));
        graph.output("answer", Elementwise.tanh(Layout.flatten(Pool.globalAverage(input))));

        ModelManifest manifest = ForeignFiles.manifest(adopt(OnnxWriter.write(graph, Map.of()), "other", 3));

        assertThat(manifest.explanations()).isEmpty();
        assertThat(out.toString())
                .contains("no explanations are possible: its scores come from Tanh", "not from a linear layer");
    }

    private ModelVersion adopt(byte[] file, String name, int classes, String... more) throws IOException {
        Path onnx = Files.write(folder.resolve("foreign.onnx"), file);
        Path labels = Files.write(
                folder.resolve("labels.txt"),
                IntStream.range(0, classes).mapToObj(i -> "class " + i).toList());
        List<String> words = new ArrayList<>(List.of(
                "models",
                "adopt",
                onnx.toString(),
                "--repository=" + folder,
                "--name=" + name,
                "--task=classification",
                "--labels=" + labels,
                "--mean=half"));
        words.addAll(List.of(more));
        int code = new FoveaProgram(new PrintWriter(out), new PrintWriter(err)).run(words.toArray(String[]::new));
        assertThat(code).as(err.toString()).isZero();
        return new ModelRepository(folder).newest(name);
    }

    private static List<float[]> all(ModelVersion model) throws SessionException {
        try (ModelSession session = new OnnxRuntimeLoader(List.of(ExecutionProvider.Cpu.withThreads(1))).load(model)) {
            BatchBuffers buffers = session.newBuffers();
            buffers.input().bytes().put(0, ITEM);
            session.run(buffers, 1, OutputSet.ALL);
            return buffers.outputs().stream().map(output -> output.row(0)).toList();
        }
    }

    private static double sum(float[] maps, int rank) {
        return IntStream.range(0, PLACES)
                .mapToDouble(p -> maps[rank * PLACES + p])
                .sum();
    }

    /// Up to a constant behind a softmax.
    private static double logit(ExplainedEnd end, float answer) {
        return end == ExplainedEnd.SOFTMAX_BEHIND ? Math.log(answer) : answer;
    }
}
