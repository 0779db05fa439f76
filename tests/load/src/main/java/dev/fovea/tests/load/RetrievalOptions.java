package dev.fovea.tests.load;

import dev.fovea.builder.FoveaProgram;
import dev.fovea.tests.support.OpenSearchCluster;
import dev.fovea.tests.support.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/// On which engine the retrieval service is run, with one collection and an embedder that nobody asks.
final class RetrievalOptions {

    static final String SERVICE = "global-retrieval";
    static final String[] JVM = {"-Xmx1g", "--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"};

    private static final int NODES = 3;
    private static final int DIMENSION = 512;

    @Option(
            names = "--engine",
            defaultValue = "lucene",
            description = "lucene, or opensearch for three nodes that are started for it; default: ${DEFAULT-VALUE}")
    private String engine = "";

    @Option(names = "--storage", defaultValue = "float32", description = "float32, int8, int4 or binary")
    private String storage = "";

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "configuration of the service, may be repeated")
    private Map<String, String> settings = new HashMap<>();

    /// The service, and the cluster if there is one.
    record Running(ServiceProcess service, Optional<OpenSearchCluster> cluster) implements AutoCloseable {

        int port() {
            return service.grpcPort();
        }

        @Override
        public void close() {
            service.close();
            cluster.ifPresent(OpenSearchCluster::close);
        }
    }

    /// Of the embeddings.
    int dimension() {
        return DIMENSION;
    }

    /// Starts everything and waits until it is ready; the caller closes it.
    Running start(Path folder) throws IOException, InterruptedException {
        Map<String, String> configuration = new HashMap<>();
        configuration.put("fovea.models.repository", model(folder).toString());
        configuration.put("fovea.models.default", "embedder");
        configuration.put("fovea.retrieval.engine", engine);
        configuration.put("fovea.retrieval.collections.images.storage", storage);
        configuration.put(
                "fovea.retrieval.lucene.folder", folder.resolve("index").toString());
        Optional<OpenSearchCluster> cluster = cluster(folder);
        cluster.ifPresent(nodes -> configuration.put("fovea.retrieval.opensearch.urls", urls(nodes)));
        configuration.putAll(settings);
        try {
            return new Running(
                    ServiceProcess.start(SERVICE, folder.resolve("service.log"), configuration, JVM), cluster);
        } catch (IOException | InterruptedException notStarted) {
            cluster.ifPresent(OpenSearchCluster::close);
            throw notStarted;
        }
    }

    void describe(Report report) {
        report.setting("engine", engine)
                .setting("storage", storage)
                .setting("dimension", DIMENSION)
                .setting("service JVM", String.join(" ", JVM))
                .setting("service settings", settings);
    }

    private Optional<OpenSearchCluster> cluster(Path folder) throws IOException, InterruptedException {
        if (!engine.equals("opensearch")) {
            return Optional.empty();
        }
        Path nodes = Files.createDirectories(folder.resolve("opensearch"));
        return Optional.of(OpenSearchCluster.start(nodes, NODES, Map.of()));
    }

    private static String urls(OpenSearchCluster cluster) {
        return cluster.urls().stream().map(URI::toString).collect(Collectors.joining(","));
    }

    /// @return the repository
    private static Path model(Path folder) throws IOException {
        Path repository = folder.resolve("models");
        int status = new FoveaProgram()
                .run(
                        "models",
                        "build",
                        "gem",
                        "--trunk=resnet18",
                        "--image-size=64",
                        "--seeded=load",
                        "--name=embedder",
                        "--repository=" + repository);
        if (status != 0) {
            throw new IOException("fovea ended with status " + status);
        }
        return repository;
    }
}
