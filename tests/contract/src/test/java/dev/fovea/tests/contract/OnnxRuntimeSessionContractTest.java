package dev.fovea.tests.contract;

import dev.fovea.architectures.BuiltModel;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.ServingForm;
import dev.fovea.architectures.registry.Architectures;
import dev.fovea.inference.session.FakeModel;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Linear;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import dev.fovea.onnxruntime.ExecutionProvider.Cpu;
import dev.fovea.onnxruntime.OnnxRuntimeLoader;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// ONNX Runtime on the processor, with SIFTNet of both input types and with a model that explains.
class OnnxRuntimeSessionContractTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @Nested
    class Bytes extends SiftNetContract {
        @Override
        protected ModelSession load() throws Exception {
            return load(ElementType.UINT8);
        }
    }

    @Nested
    class Floats extends SiftNetContract {
        @Override
        protected ModelSession load() throws Exception {
            return load(ElementType.FLOAT32);
        }
    }

    /// What [FakeModel] computes, as a file.
    @Nested
    class Explaining extends ModelSessionContract {
        @Override
        protected ModelSession load() throws Exception {
            ModelManifest manifest = FakeModel.manifest(1, 4, 8);
            return open(new BuiltModel(graph(), manifest));
        }

        /// `(a, b)` times a column per element, plus `(1, 0, 0)` for the answer.
        private static Graph graph() {
            var graph = new Graph("fake");
            Value items = graph.input("items", DataType.FLOAT32, new Shape(List.of(Dim.named("N"), Dim.of(2))));
            Value answer = graph.constant("answer", new float[] {2, 1, 0, 0, -3, 1}, Shape.of(2, 3));
            Value one = graph.constant("one", new float[] {1, 0, 0}, Shape.of(3));
            graph.output("answer", Elementwise.add(Linear.matMul(items, answer), one));
            Value identity = graph.constant("identity", new float[] {1, 0}, Shape.of(2, 1));
            graph.output("identity", Linear.matMul(items, identity));
            Value explanation = graph.constant("explanation", new float[] {1, 1}, Shape.of(2, 1));
            graph.output("explanation", Linear.matMul(items, explanation));
            return graph;
        }
    }

    abstract class SiftNetContract extends ModelSessionContract {

        /// Matrix products of another number of rows are summed in another order.
        @Override
        protected double tolerance() {
            return 1e-6;
        }

        ModelSession load(ElementType input) throws Exception {
            var request = ModelRequest.defaults("siftnet", input)
                    .withForm(ServingForm.DEFAULT.withInput(input).withBuckets(List.of(1, 4, 8)));
            return open(Architectures.named("siftnet").build(request));
        }
    }

    private ModelSession open(BuiltModel model) throws Exception {
        Path file = Files.write(folder.resolve("model.onnx"), model.toBytes());
        var version = new ModelVersion(model.manifest().name(), model.manifest().version(), file);
        return new OnnxRuntimeLoader(List.of(Cpu.withThreads(2))).load(version);
    }
}
