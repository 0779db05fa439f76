package dev.fovea.retrieval.wiring;

import dev.fovea.grpc.tls.PemFile;
import dev.fovea.grpc.tls.TlsFiles;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.inference.lifecycle.Models;
import dev.fovea.quarkus.parts.ServicePart;
import dev.fovea.retrieval.CollectionSettings;
import dev.fovea.retrieval.rerank.InProcessFeatureExtractor;
import dev.fovea.retrieval.rerank.KeypointSearch;
import dev.fovea.retrieval.rerank.LocalFeatureExtractor;
import dev.fovea.retrieval.rpc.RemoteFeatureExtractor;
import dev.fovea.retrieval.rpc.ServiceChannel;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.Function;

/// What makes the collections' local features: models of this process, or the patch description service, whose
/// connection it owns. Any thread.
final class LocalExtractors implements ServicePart {
    private static final String KEY = "fovea.retrieval.local-features.";

    private final Optional<ServiceChannel> channel;
    private final Function<ModelRef, LocalFeatureExtractor> byModel;

    private LocalExtractors(Optional<ServiceChannel> channel, Function<ModelRef, LocalFeatureExtractor> byModel) {
        this.channel = channel;
        this.byModel = byModel;
    }

    static LocalExtractors of(LocalFeaturesConfig config, Models models, Ticker ticker) {
        if (config.remote().isEmpty()) {
            return new LocalExtractors(
                    Optional.empty(),
                    model -> new InProcessFeatureExtractor(() -> models.find(model), KeypointSearch.DEFAULT));
        }
        String target = config.remote().get();
        var channel = new ServiceChannel(target, security(config), config.tokenFile());
        return new LocalExtractors(
                Optional.of(channel),
                model -> new RemoteFeatureExtractor(channel.channel(), target, model, KeypointSearch.DEFAULT, ticker));
    }

    /// @throws IllegalArgumentException if values contradict each other
    static void check(LocalFeaturesConfig config) {
        if (config.caCertificate().isPresent() && !config.tls()) {
            throw new IllegalArgumentException("fovea.retrieval.local-features.ca-certificate needs"
                    + " fovea.retrieval.local-features.tls = true");
        }
        if (config.tls() && config.remote().isEmpty()) {
            throw new IllegalArgumentException(
                    "fovea.retrieval.local-features.tls = true needs fovea.retrieval.local-features.remote");
        }
        if (config.clientCertificate().isPresent() != config.clientKey().isPresent()) {
            throw new IllegalArgumentException(
                    KEY + "client-certificate and " + KEY + "client-key are given together or not at all");
        }
        if (config.clientKey().isPresent() && !config.tls()) {
            throw new IllegalArgumentException(KEY + "client-key needs " + KEY + "tls = true");
        }
        if (config.tokenFile().isPresent() && config.remote().isEmpty()) {
            throw new IllegalArgumentException(KEY + "token-file needs " + KEY + "remote");
        }
        config.tokenFile().filter(file -> !Files.isReadable(file)).ifPresent(file -> {
            throw new IllegalArgumentException(KEY + "token-file = " + file + " cannot be read");
        });
        shown(config).ifPresent(TlsFiles::read);
    }

    /// Empty where the collection keeps no local features.
    Optional<LocalFeatureExtractor> of(CollectionSettings collection) {
        return collection.localModel().map(byModel);
    }

    @Override
    public String name() {
        return "local-features";
    }

    /// Nothing ever: searches without re-ranking go on while the other service is away, and who needs it is told.
    @Override
    public Optional<String> problem() {
        return Optional.empty();
    }

    @Override
    public void close() {
        channel.ifPresent(ServiceChannel::close);
    }

    private static ServiceChannel.Security security(LocalFeaturesConfig config) {
        return config.tls()
                ? new ServiceChannel.Security.Tls(config.caCertificate(), shown(config))
                : new ServiceChannel.Security.Plain();
    }

    private static Optional<TlsFiles> shown(LocalFeaturesConfig config) {
        return config.clientCertificate().flatMap(certificate -> config.clientKey()
                .map(key -> new TlsFiles(
                        new PemFile(KEY + "client-certificate", certificate),
                        new PemFile(KEY + "client-key", key),
                        Optional.empty())));
    }
}
