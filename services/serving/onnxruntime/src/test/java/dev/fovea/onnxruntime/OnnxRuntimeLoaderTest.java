package dev.fovea.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.SessionException;
import dev.fovea.onnxruntime.ExecutionProvider.Cpu;
import dev.fovea.onnxruntime.ExecutionProvider.Cuda;
import dev.fovea.onnxruntime.ExecutionProvider.TensorRt;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelVersion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxRuntimeLoaderTest {

    private static final float[] WEIGHTS = {2, 3, 4, 5};

    private final OnnxRuntimeLoader loader = new OnnxRuntimeLoader(List.of(Cpu.withThreads(1)));

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path root;

    private AbstractThrowableAssert<?, ?> assertThatLoading(ModelVersion model) {
        return assertThatThrownBy(() -> loader.load(model).close()).isInstanceOf(SessionException.class);
    }

    @Test
    void saysWhatIsServed() throws Exception {
        ModelVersion model = TinyModels.doubling(root, 1, 2);
        try (ModelSession session = loader.load(model)) {
            assertThat(session.manifest()).isEqualTo(TinyModels.doublingManifest(1, 2));
            assertThat(session.executionProviders()).containsExactly("cpu");
            assertThat(session.digest()).matches("sha256:[0-9a-f]{64}");
        }
    }

    @Test
    void refusesAFileThatIsMissingOrNoModel() throws Exception {
        assertThatLoading(new ModelVersion("tiny", 1, root.resolve("model.onnx")))
                .hasMessageContaining("there is no file " + root.resolve("model.onnx"));
        assertThatLoading(TinyModels.write(root, new byte[] {1, 2, 3}))
                .hasMessageContaining("tiny@1")
                .hasMessageContaining("model.onnx")
                .hasMessageContaining("ONNX Runtime refuses it");
    }

    @Test
    void refusesAVirtualThread() throws Exception {
        ModelVersion model = TinyModels.doubling(root, 1);
        var thrown = new AtomicReference<Throwable>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        loader.load(model).close();
                    } catch (SessionException | RuntimeException refused) {
                        thrown.set(refused);
                    }
                })
                .join();
        assertThat(thrown.get()).hasMessageContaining("needs a platform thread");
    }

    @Nested
    class Manifest {

        @Test
        void isRequired() throws Exception {
            assertThatLoading(TinyModels.write(root, TinyModels.doublingGraph().bytes()))
                    .hasMessageContaining("has no manifest (metadata key fovea.manifest)")
                    .hasMessageContaining("fovea models build");
        }

        @Test
        void mustBeReadable() throws Exception {
            byte[] file = TinyModels.doublingGraph()
                    .metadata(ModelManifest.METADATA_KEY, "{\"name\":")
                    .bytes();
            assertThatLoading(TinyModels.write(root, file)).hasMessageContaining("its manifest cannot be read");
        }

        @Test
        void mustBeThatOfItsFolder() throws Exception {
            Path file = TinyModels.doubling(root, 1).file();
            assertThatLoading(new ModelVersion("tiny", 2, file)).hasMessageContaining("its manifest says tiny@1");
        }

        @Test
        void mustNameTheGraphsInputsAndOutputs() throws Exception {
            var manifest = TinyModels.manifest(
                    List.of(TinyModels.spec("z", ElementType.FLOAT32, 4)),
                    List.of(TinyModels.spec("y", ElementType.FLOAT32, 4)),
                    1);
            assertThatLoading(TinyModels.write(root, TinyModels.doublingGraph(), manifest))
                    .hasMessageContaining("the manifest has the inputs [z], the graph [x]");
        }

        @Test
        void mustHaveTheGraphsTypesAndShapes() throws Exception {
            var manifest = TinyModels.manifest(
                    List.of(TinyModels.spec("x", ElementType.UINT8, 4)),
                    List.of(TinyModels.spec("y", ElementType.FLOAT32, 2, 2)),
                    1);
            assertThatLoading(TinyModels.write(root, TinyModels.doublingGraph(), manifest))
                    .hasMessageContaining("input x is UINT8 in the manifest, FLOAT in the graph")
                    .hasMessageContaining("output y has the shape (N, [2, 2]) in the manifest, [-1, 4] in the graph");
        }

        @Test
        void mustHaveOneInput() throws Exception {
            var onnx = new TinyOnnx()
                    .input("a", TinyOnnx.FLOAT, -1, 4)
                    .input("b", TinyOnnx.FLOAT, -1, 4)
                    .node("Add", List.of("a", "b"), "y")
                    .output("y", TinyOnnx.FLOAT, -1, 4);
            var manifest = TinyModels.manifest(
                    List.of(TinyModels.spec("a", ElementType.FLOAT32, 4), TinyModels.spec("b", ElementType.FLOAT32, 4)),
                    List.of(TinyModels.spec("y", ElementType.FLOAT32, 4)),
                    1);
            assertThatLoading(TinyModels.write(root, onnx, manifest))
                    .hasMessageContaining("the manifest lists 2 inputs, a batch fills exactly 1");
        }

        @Test
        void mustNotAskAFixedBatchForOtherBuckets() throws Exception {
            var onnx = new TinyOnnx()
                    .input("x", TinyOnnx.FLOAT, 8, 4)
                    .node("Neg", List.of("x"), "y")
                    .output("y", TinyOnnx.FLOAT, 8, 4);
            assertThatLoading(TinyModels.write(root, onnx, TinyModels.doublingManifest(1, 8)))
                    .hasMessageContaining("fixed batch size 8 in the graph, but the manifest has the buckets [1, 8]");
        }
    }

    @Nested
    class Digest {

        @Test
        void isCheckedAgainstTheFileBesideTheModel() throws Exception {
            ModelVersion model = TinyModels.doubling(root, 1);
            Path beside = model.file().resolveSibling("model.onnx.sha256");
            String digest;
            try (ModelSession session = loader.load(model)) {
                digest = session.digest().substring("sha256:".length());
            }
            Files.writeString(beside, digest + "  model.onnx\n");
            loader.load(model).close();

            Files.writeString(beside, "0".repeat(64) + "  model.onnx\n");
            assertThatLoading(model)
                    .hasMessageContaining("its SHA-256 is " + digest)
                    .hasMessageContaining("says " + "0".repeat(64));
        }
    }

    @Nested
    class ExternalData {

        private ModelVersion withWeightsAt(String location) throws Exception {
            var onnx = new TinyOnnx()
                    .input("x", TinyOnnx.FLOAT, -1, 4)
                    .externalConstant("weights", WEIGHTS.length, location)
                    .node("Mul", List.of("x", "weights"), "y")
                    .output("y", TinyOnnx.FLOAT, -1, 4);
            return TinyModels.write(root, onnx, TinyModels.doublingManifest(1));
        }

        private Path weights(Path file) throws Exception {
            var bytes = ByteBuffer.allocate(WEIGHTS.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(WEIGHTS);
            return Files.write(file, bytes.array());
        }

        @Test
        void isReadFromTheVersionsOwnFolder() throws Exception {
            ModelVersion model = withWeightsAt("weights.bin");
            weights(model.file().resolveSibling("weights.bin"));
            try (ModelSession session = loader.load(model)) {
                var batch = session.newBuffers();
                batch.input().floats().put(0, new float[] {1, 1, 1, 1});
                session.run(batch, 1);
                assertThat(batch.outputs().getFirst().row(0)).containsExactly(WEIGHTS);
            }
        }

        @Test
        void isRefusedOutsideByARelativePath() throws Exception {
            ModelVersion model = withWeightsAt("../weights.bin");
            weights(root.resolve("tiny").resolve("weights.bin"));
            assertThatLoading(model).hasMessageContaining("lie outside the version's folder");
        }

        @Test
        void isRefusedOutsideByAnAbsolutePath() throws Exception {
            Path elsewhere = weights(root.resolve("weights.bin"));
            assertThatLoading(withWeightsAt(elsewhere.toAbsolutePath().toString()))
                    .hasMessageContaining("lie outside the version's folder");
        }

        @Test
        void isRefusedOutsideByALink() throws Exception {
            ModelVersion model = withWeightsAt("weights.bin");
            Path elsewhere = weights(root.resolve("weights.bin"));
            Files.createSymbolicLink(model.file().resolveSibling("weights.bin"), elsewhere.toAbsolutePath());
            assertThatLoading(model).hasMessageContaining("lie outside the version's folder");
        }
    }

    @Nested
    class AProviderThatTheNativesLack {

        private void assertRefused(ExecutionProvider provider) throws Exception {
            ModelVersion model = TinyModels.doubling(root, 1);
            var withFallback = new OnnxRuntimeLoader(List.of(provider, Cpu.withThreads(1)));
            assertThatThrownBy(() -> withFallback.load(model).close())
                    .isInstanceOf(SessionException.class)
                    .hasMessageContaining("execution provider " + provider.name() + " cannot start")
                    .hasMessageContaining("-Donnxruntime.native.path=FOLDER")
                    .hasMessageContaining("libonnxruntime_providers_" + provider.name() + ".so");
        }

        @Test
        void isAnErrorAndNeverAReasonToFallBackToTheProcessor() throws Exception {
            assertRefused(Cuda.onDevice(0));
            assertRefused(TensorRt.of(Map.of()));
        }

        @Test
        void leavesSessionsOnTheProcessorUsable() throws Exception {
            assertRefused(Cuda.onDevice(0));
            loader.load(TinyModels.doubling(root, 1)).close();
        }
    }
}
