package dev.fovea.tests.integration.retrieval;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.fovea.proto.v1.EmbedRequest;
import dev.fovea.proto.v1.EmbedResponse;
import dev.fovea.proto.v1.EmbeddingResult;
import dev.fovea.proto.v1.GlobalRetrievalGrpc;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.ModelIdentity;
import dev.fovea.proto.v1.ModelRef;
import dev.fovea.proto.v1.Vectors;
import dev.fovea.tests.contract.service.ServiceAnswer;
import dev.fovea.tests.contract.service.ServiceResult;
import dev.fovea.tests.contract.service.ServiceUnderTest;
import dev.fovea.tests.contract.service.Topics;
import dev.fovea.tests.integration.Models;
import io.grpc.Channel;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The global retrieval service with the mean of dense SIFT as its embedder, and the embedded engine in a
/// folder of each process.
///
/// A deleted image has no numbers.
///
/// @param further configuration
record RetrievalUnderTest(Map<String, String> further) implements ServiceUnderTest {

    static final String MODEL = "embedder";
    static final String LOCAL_MODEL = "siftnet";
    static final Topics QUERIES =
            new Topics("fovea.retrieval-queries", "fovea.retrieval-results", "fovea.global-retrieval.dead-letters");

    /// Batches of one, so that the same image always has the same bits.
    static final Map<String, String> SAME_BITS = Map.of("fovea.batching.max-batch", "1");

    private static final int SIDE = 64;
    private static final double COMPONENT_TOLERANCE = 1e-5;

    RetrievalUnderTest() {
        this(Map.of());
    }

    @Override
    public String name() {
        return "global-retrieval";
    }

    @Override
    public String results() {
        return "fovea.embeddings";
    }

    @Override
    public String resultType() {
        return "dev.fovea.embedding.v1";
    }

    @Override
    public void buildModel(Path repository) {
        buildEmbedder(repository, MODEL);
        Models.build(repository, LOCAL_MODEL);
    }

    static void buildEmbedder(Path repository, String name, String... options) {
        String[] all = new String[options.length + 2];
        all[0] = "--name=" + name;
        all[1] = "--image-size=" + SIDE;
        System.arraycopy(options, 0, all, 2, options.length);
        Models.build(repository, "sift-dense", all);
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(further);
        settings.put("fovea.models.default", MODEL);
        return settings;
    }

    @Override
    public Map<String, String> settingsOf(Path folder) {
        return Map.of("fovea.retrieval.lucene.folder", folder.resolve("index").toString());
    }

    @Override
    public List<String> jvmOptions() {
        return List.of("--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED");
    }

    @Override
    public List<String> furtherTopics() {
        return List.of(QUERIES.images(), QUERIES.results());
    }

    @Override
    public boolean answersDeletes() {
        return true;
    }

    @Override
    public ServiceResult result(byte[] value) throws InvalidProtocolBufferException {
        var result = EmbeddingResult.parseFrom(value);
        return new ServiceResult(
                result.getImageId(),
                answer(result.getModel(), result.getImageWidth(), result.getImageHeight(), result.getEmbedding()));
    }

    @Override
    public ServiceAnswer call(Channel channel, ModelRef model, ByteString image) {
        EmbedResponse response = GlobalRetrievalGrpc.newBlockingStub(channel)
                .embed(EmbedRequest.newBuilder()
                        .setModel(model)
                        .setImage(ImageInput.newBuilder().setContent(image))
                        .build());
        return answer(
                response.getModel(), response.getImageWidth(), response.getImageHeight(), response.getEmbedding());
    }

    private static ServiceAnswer answer(ModelIdentity model, int width, int height, Vectors embedding) {
        return new ServiceAnswer(
                model,
                List.of(width, height, embedding.getCount(), embedding.getDimension()),
                embedding
                        .getData()
                        .asReadOnlyByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer(),
                COMPONENT_TOLERANCE);
    }
}
