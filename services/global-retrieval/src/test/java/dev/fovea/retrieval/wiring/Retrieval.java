package dev.fovea.retrieval.wiring;

import com.google.protobuf.ByteString;
import dev.fovea.proto.v1.Acknowledgement;
import dev.fovea.proto.v1.GlobalRetrievalGrpc;
import dev.fovea.proto.v1.GlobalRetrievalGrpc.GlobalRetrievalBlockingStub;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.StoredImage;
import dev.fovea.proto.v1.UpsertRequest;
import dev.fovea.proto.v1.UpsertResponse;
import dev.fovea.retrieval.Scenes;
import dev.fovea.tests.service.BuiltRepository;
import dev.fovea.tests.support.ServiceProcess;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// The built service in its own JVM with an embedder that needs no weights, and a client.
record Retrieval(ServiceProcess process, ManagedChannel channel) implements AutoCloseable {
    static final String SERVICE = "global-retrieval";
    static final String EMBEDDER = "sift-dense";

    private static final String[] JVM = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"};

    static Retrieval start(Path log, Map<String, String> configuration) throws IOException, InterruptedException {
        ServiceProcess process = ServiceProcess.start(SERVICE, log, configuration, JVM);
        return new Retrieval(
                process,
                ManagedChannelBuilder.forAddress("localhost", process.grpcPort())
                        .usePlaintext()
                        .build());
    }

    static ServiceProcess launch(Path log, Map<String, String> configuration) throws IOException {
        return ServiceProcess.launch(SERVICE, log, configuration, JVM);
    }

    /// With the embedder and everything the service writes below `folder`.
    static Map<String, String> configuration(Path folder, Map<String, String> more) {
        Map<String, String> configuration = new TreeMap<>(more);
        Path models = folder.resolve("models");
        if (Files.notExists(models.resolve(EMBEDDER))) {
            BuiltRepository.in(folder, EMBEDDER, "--buckets", "1,4");
        }
        configuration.putIfAbsent("fovea.models.repository", models.toString());
        configuration.put("fovea.models.default", EMBEDDER);
        configuration.putIfAbsent(
                "fovea.retrieval.lucene.folder", folder.resolve("index").toString());
        configuration.put(
                "fovea.retrieval.lucene.backups", folder.resolve("backups").toString());
        configuration.put("fovea.retrieval.lucene.reserved-disk", "1M");
        return configuration;
    }

    GlobalRetrievalBlockingStub client() {
        return client(channel);
    }

    static GlobalRetrievalBlockingStub client(Channel channel) {
        return GlobalRetrievalGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    /// Stores the place seen from its first point, visible when this returns.
    UpsertResponse store(String id, long place) {
        return client().upsert(UpsertRequest.newBuilder()
                .setId(id)
                .setImage(image(place, 0))
                .setAcknowledgement(Acknowledgement.ACKNOWLEDGEMENT_VISIBLE)
                .build());
    }

    static ImageInput image(long place, int shift) {
        return ImageInput.newBuilder()
                .setContent(ByteString.copyFrom(Scenes.png(place, shift)))
                .build();
    }

    static String id(StoredImage image) {
        return image.getId();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        process.close();
    }
}
