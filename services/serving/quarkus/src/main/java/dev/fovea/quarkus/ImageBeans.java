package dev.fovea.quarkus;

import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.imaging.fetch.ReferenceFetcher;
import dev.fovea.imaging.read.ImageReader;
import dev.fovea.inference.Permits;
import dev.fovea.inference.Ticker;
import dev.fovea.quarkus.config.ServingConfig;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Produces the decode stage of every service and the cores that all stages on the processor share.
public final class ImageBeans {

    @Produces
    @Singleton
    ImageDecoder decoder(ServingConfig config) {
        return new ImageDecoder(ConfiguredObjects.decoding(config.limits()));
    }

    void close(@Disposes ImageDecoder decoder) {
        decoder.close();
    }

    @Produces
    @Singleton
    ReferenceFetcher fetcher(ServingConfig config) {
        return new ReferenceFetcher(ConfiguredObjects.fetching(config.references()));
    }

    void close(@Disposes ReferenceFetcher fetcher) {
        fetcher.close();
    }

    @Produces
    @Singleton
    Permits cores(ServingConfig config, Ticker ticker) {
        int cores = config.cpuPermits().orElseGet(() -> Runtime.getRuntime().availableProcessors());
        return Permits.ofCores(cores, ticker);
    }

    @Produces
    @Singleton
    ImageReader images(
            ReferenceFetcher fetcher, ImageDecoder decoder, Permits cores, ServingConfig config, Ticker ticker) {
        int fetches = ConfiguredObjects.fetchesInFlight(config.references());
        return new ImageReader(fetcher, decoder, Permits.ofFetches(fetches, ticker), cores);
    }
}
