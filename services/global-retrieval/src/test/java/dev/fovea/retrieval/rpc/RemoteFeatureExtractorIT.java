package dev.fovea.retrieval.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.grpc.tls.PemFile;
import dev.fovea.grpc.tls.TlsFiles;
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
import dev.fovea.tests.support.Certificates;
import dev.fovea.tests.support.Certificates.Issued;
import dev.fovea.tests.support.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against the built patch description service in its own JVM, beside the same model in this process.
class RemoteFeatureExtractorIT {

    private static final ModelRef SIFTNET = new ModelRef("siftnet", 1);
    private static final String TOKEN = "token-of-the-retrieval-service-1";

    @Test
    void bothWaysGiveTheSameFeaturesUntilTheServiceIsGone(@TempDir Path folder) throws Exception {
        // Given
        Path models = BuiltRepository.in(folder, "siftnet", "--rootsift=true");
        try (var service = ServiceProcess.start(
                        "patch-description",
                        folder.resolve("service.log"),
                        Map.of("fovea.models.repository", models.toString()));
                var channel = new ServiceChannel(
                        "localhost:" + service.grpcPort(), new ServiceChannel.Security.Plain(), Optional.empty());
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

    @Test
    void aSecuredServiceWantsACertificateAndTheTokenThatTheFileHoldsThen(@TempDir Path folder) throws Exception {
        // Given
        var authority = new Certificates(folder.resolve("authority"));
        Issued served = authority.issue("server");
        Path accepted = Files.writeString(folder.resolve("tokens"), "retrieval describe " + TOKEN + "\n");
        Path token = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        Path models = BuiltRepository.in(folder, "siftnet", "--rootsift=true");
        try (var service = ServiceProcess.start(
                        "patch-description",
                        folder.resolve("service.log"),
                        Map.of(
                                "fovea.models.repository", models.toString(),
                                "fovea.grpc.tls.certificate",
                                        served.certificate().toString(),
                                "fovea.grpc.tls.key", served.key().toString(),
                                "fovea.grpc.tls.client-ca",
                                        authority.authority().toString(),
                                "fovea.grpc.auth.tokens-file", accepted.toString(),
                                "fovea.grpc.auth.allow.\"fovea.v1.PatchDescription/Describe\"", "describe"));
                var channel = channel(service, authority, Optional.of(shown(authority.issue("client"))), token);
                var bare = channel(service, authority, Optional.empty(), token);
                Image image = blobs()) {
            LocalFeatureExtractor known = remote(channel);

            // Then
            assertThat(describe(known, image).keypoints()).hasSize(100);
            assertThatThrownBy(() -> describe(remote(bare), image)).isInstanceOf(Unavailable.class);

            Files.writeString(token, "another-token-that-nobody-knows");
            assertThatThrownBy(() -> describe(known, image))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("UNAUTHENTICATED, the token is refused");
            Files.writeString(token, "two\nlines-that-are-secret");
            assertThatThrownBy(() -> describe(known, image))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("the token file " + token + " does not hold one token")
                    .hasMessageNotContaining("secret");
            Files.delete(token);
            assertThatThrownBy(() -> describe(known, image))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("the token file " + token + " cannot be read");

            Files.writeString(token, TOKEN);
            assertThat(describe(known, image).keypoints()).hasSize(100);
        }
    }

    private static ServiceChannel channel(
            ServiceProcess service, Certificates authority, Optional<TlsFiles> shown, Path token) {
        return new ServiceChannel(
                "localhost:" + service.grpcPort(),
                new ServiceChannel.Security.Tls(Optional.of(authority.authority()), shown),
                Optional.of(token));
    }

    private static TlsFiles shown(Issued client) {
        return new TlsFiles(
                new PemFile("client-certificate", client.certificate()),
                new PemFile("client-key", client.key()),
                Optional.empty());
    }

    private static RemoteFeatureExtractor remote(ServiceChannel channel) {
        return new RemoteFeatureExtractor(
                channel.channel(), "localhost", SIFTNET, KeypointSearch.DEFAULT, Ticker.system());
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
