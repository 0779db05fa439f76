package dev.fovea.retrieval.wiring;

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
import java.util.Optional;
import java.util.function.Function;

/// What makes the collections' local features: models of this process, or the patch description service, whose
/// connection it owns. Any thread.
final class LocalExtractors implements ServicePart {
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
        var channel = new ServiceChannel(target, security(config));
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
                ? new ServiceChannel.Security.Tls(config.caCertificate())
                : new ServiceChannel.Security.Plain();
    }
}
