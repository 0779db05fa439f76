package dev.fovea.tests.gpu;

import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.ServingForm;
import dev.fovea.architectures.registry.Architectures;
import dev.fovea.inference.session.SessionException;
import dev.fovea.onnxruntime.ExecutionProvider.Cuda;
import dev.fovea.onnxruntime.OnnxRuntimeLoader;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/// Tries to load a model on CUDA, the only test that tells: the list of available providers names CUDA even where it
/// cannot start.
final class CudaCondition implements ExecutionCondition {

    /// Empty if CUDA works, else what it lacks.
    private static final Optional<String> LACKING = tryCuda();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean wantsCuda = AnnotationSupport.isAnnotated(context.getElement(), EnabledIfCuda.class);
        String reason = LACKING.map(lacking -> "no CUDA: " + lacking).orElse("CUDA works");
        return LACKING.isEmpty() == wantsCuda
                ? ConditionEvaluationResult.enabled(reason)
                : ConditionEvaluationResult.disabled(reason);
    }

    private static Optional<String> tryCuda() {
        try {
            Path folder = Files.createTempDirectory("fovea-cuda");
            var file = folder.resolve("model.onnx");
            try {
                var request = ModelRequest.defaults("siftnet", ElementType.UINT8)
                        .withForm(ServingForm.DEFAULT.withBuckets(List.of(1)));
                Files.write(file, Architectures.named("siftnet").build(request).toBytes());
                var cpuBehind = dev.fovea.onnxruntime.ExecutionProvider.Cpu.withThreads(1);
                new OnnxRuntimeLoader(List.of(Cuda.onDevice(0), cpuBehind))
                        .load(new ModelVersion("siftnet", 1, file))
                        .close();
                return Optional.empty();
            } catch (SessionException refused) {
                return Optional.of(String.valueOf(refused.getMessage()));
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
