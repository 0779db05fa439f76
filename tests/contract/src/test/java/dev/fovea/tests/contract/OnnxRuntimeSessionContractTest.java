package dev.fovea.tests.contract;

import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.ServingForm;
import dev.fovea.architectures.registry.Architectures;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.onnxruntime.ExecutionProvider.Cpu;
import dev.fovea.onnxruntime.OnnxRuntimeLoader;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// ONNX Runtime on the processor, with SIFTNet of both input types.
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

    abstract class SiftNetContract extends ModelSessionContract {

        /// Matrix products of another number of rows are summed in another order.
        @Override
        protected double tolerance() {
            return 1e-6;
        }

        ModelSession load(ElementType input) throws Exception {
            var request = ModelRequest.defaults("siftnet", input)
                    .withForm(ServingForm.DEFAULT.withInput(input).withBuckets(List.of(1, 4, 8)));
            Path file = Files.write(
                    folder.resolve("model.onnx"),
                    Architectures.named("siftnet").build(request).toBytes());
            return new OnnxRuntimeLoader(List.of(Cpu.withThreads(2))).load(new ModelVersion("siftnet", 1, file));
        }
    }
}
