package dev.fovea.retrieval.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.imaging.Image;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.batching.BatchingMetrics;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.inference.lifecycle.ModelConfig;
import dev.fovea.inference.lifecycle.ModelLifecycle;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.inference.lifecycle.StateListener;
import dev.fovea.inference.lifecycle.Surroundings;
import dev.fovea.onnxruntime.ExecutionProvider;
import dev.fovea.onnxruntime.OnnxRuntimeLoader;
import dev.fovea.repository.ModelRepository;
import dev.fovea.retrieval.rerank.InProcessFeatureExtractor;
import dev.fovea.retrieval.rerank.KeypointSearch;
import dev.fovea.retrieval.rerank.LocalFeatureExtractor;
import dev.fovea.retrieval.rerank.LocalFeatures;
import dev.fovea.tests.service.BuiltRepository;
import dev.fovea.tests.support.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against the built patch description service in its own JVM, beside the same model in this process.
class RemoteFeatureExtractorIT {

    private static final ModelRef SIFTNET = new ModelRef("siftnet", 1);

    @Test
    void bothWaysGiveTheSameFeaturesUntilTheServiceIsGone(@TempDir Path folder) throws Exception {
        // Given
        Path models = BuiltRepository.in(folder, "siftnet", "--rootsift=true");
        try (var service = ServiceProcess.start(
                        "patch-description",
                        folder.resolve("service.log"),
                        Map.of("fovea.models.repository", models.toString()));
                var channel = new ServiceChannel(
                        "localhost:" + service.grpcPort(),
                        new ServiceChannel.Security.Plain(),
                        java.util.Optional.empty());
                var model = model(models);
                Image image = blobs()) {
            var remote = new RemoteFeatureExtractor(
                    channel.channel(), "localhost", SIFTNET, KeypointSearch.DEFAULT, Ticker.system());
            var local = new InProcessFeatureExtractor(() -> model, KeypointSearch.DEFAULT);

            // When
            LocalFeatures described = describe(remote, image);

            // Then
            assertThat(described.keypoints()).hasSize(100);
            assertThat(described).isEqualTo(describe(local, image));
            service.kill();
            assertThatThrownBy(() -> describe(remote, image)).isInstanceOf(Unavailable.class);
        }
    }

    private static LocalFeatures describe(LocalFeatureExtractor extractor, Image image) throws InterruptedException {
        return extractor.prepare(image, 100).describe(Lane.INTERACTIVE, within(Duration.ofSeconds(60)));
    }

    private static ModelLifecycle model(Path models) throws Exception {
        var model = new ModelLifecycle(
                new ModelRepository(models).place("siftnet", 1),
                new OnnxRuntimeLoader(List.of(ExecutionProvider.Cpu.withThreads(1))),
                ModelConfig.DEFAULT,
                Surroundings.system(BatchingMetrics.NONE, StateListener.NONE));
        model.start();
        model.awaitStarted(within(Duration.ofSeconds(60)));
        return model;
    }

    private static Deadline within(Duration time) {
        return Deadline.after(time, Ticker.system());
    }

    /// Noise, whose enlargement has keypoints everywhere.
    private static Image blobs() {
        byte[] rgb = new byte[3 * 96 * 80];
        new Random(4).nextBytes(rgb);
        return Image.fromRgb(96, 80, rgb);
    }
}
