package dev.fovea.tests.integration.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.inference.Ticker;
import dev.fovea.opensearch.Credentials;
import dev.fovea.opensearch.OpenSearchEngine;
import dev.fovea.opensearch.OpenSearchSettings;
import dev.fovea.opensearch.Servers;
import dev.fovea.vectorindex.VectorIndex;
import dev.fovea.vectorindex.Written;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node behind TLS and a password.
final class CredentialsIT {

    private static GuardedNode guarded;

    @BeforeAll
    static void guard(@TempDir Path folder) throws Exception {
        guarded = new GuardedNode(SharedCluster.get().urls().getFirst(), folder);
    }

    @AfterAll
    static void stop() {
        guarded.close();
    }

    @Test
    void writesAndReadsWithTheRightPasswordAndCertificate() throws Exception {
        try (OpenSearchEngine engine = engine(GuardedNode.PASSWORD, Optional.of(guarded.certificate()));
                VectorIndex index = engine.open(SharedCluster.collection())) {
            Written written = index.upsert(SharedCluster.entry("a", 1), SharedCluster.soon());

            assertThat(written.outcome()).isEqualTo(Written.Outcome.STORED);
            assertThat(index.get(List.of("a"), Set.of(), SharedCluster.soon())).hasSize(1);
            assertThat(index.problem()).isEmpty();
        }
    }

    @Test
    void saysThatThePasswordIsRefused() throws Exception {
        try (OpenSearchEngine engine = engine("wrong", Optional.of(guarded.certificate()));
                VectorIndex index = engine.open(SharedCluster.collection())) {
            assertThat(index.problem()).get().asString().contains("401");
        }
    }

    @Test
    void trustsNobodyElsesCertificate() throws Exception {
        try (OpenSearchEngine engine = engine(GuardedNode.PASSWORD, Optional.empty());
                VectorIndex index = engine.open(SharedCluster.collection())) {
            assertThat(index.problem()).get().asString().contains("certification path");
        }
    }

    private static OpenSearchEngine engine(String password, Optional<Path> certificate) {
        Servers servers = new Servers(
                List.of(guarded.url()),
                Optional.of(new Credentials(GuardedNode.USER, password)),
                certificate,
                Servers.CONNECT_TIMEOUT,
                Servers.REQUEST_TIMEOUT);
        return new OpenSearchEngine(OpenSearchSettings.of(servers), Ticker.system(), InstantSource.system());
    }
}
