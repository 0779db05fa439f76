package dev.fovea.tests.integration.classification;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.fovea.proto.v1.ClassificationResult;
import dev.fovea.proto.v1.ClassifyRequest;
import dev.fovea.proto.v1.ClassifyResponse;
import dev.fovea.proto.v1.FineGrainedClassificationGrpc;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.ModelRef;
import dev.fovea.tests.contract.service.ServiceAnswer;
import dev.fovea.tests.contract.service.ServiceResult;
import dev.fovea.tests.contract.service.ServiceUnderTest;
import dev.fovea.tests.integration.Models;
import io.grpc.Channel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The fine-grained classification service with a small bilinear network of pseudo-random weights.
///
/// Such weights tell images apart by little; a low temperature makes it much.
final class ClassificationUnderTest implements ServiceUnderTest {

    static final int SIDE = 56;

    private static final String MODEL = "small";
    private static final float TEMPERATURE = 0.05f;
    private static final int ALL = 1000;
    private static final double PROBABILITY_TOLERANCE = 1e-4;

    @Override
    public String name() {
        return "fine-grained-classification";
    }

    @Override
    public String results() {
        return "fovea.classifications";
    }

    @Override
    public String resultType() {
        return "dev.fovea.classification.v1";
    }

    @Override
    public void buildModel(Path repository) {
        buildSmall(repository, "--name=" + MODEL, "--classes=12", "--seeded=test");
    }

    /// A bilinear network on dense SIFT.
    static void buildSmall(Path repository, String... options) {
        List<String> small = List.of("--trunk=sift", "--image-size=" + SIDE, "--buckets=1,8,32");
        Models.build(
                repository,
                "bcnn",
                Stream.concat(small.stream(), Arrays.stream(options)).toArray(String[]::new));
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "fovea.models.default",
                MODEL,
                "fovea.classification.events.top-k",
                String.valueOf(ALL),
                "fovea.classification.events.temperature",
                String.valueOf(TEMPERATURE));
    }

    @Override
    public ServiceResult result(byte[] value) throws InvalidProtocolBufferException {
        var result = ClassificationResult.parseFrom(value);
        return new ServiceResult(
                result.getImageId(),
                new ServiceAnswer(
                        result.getModel(),
                        List.of(result.getImageWidth(), result.getImageHeight()),
                        Probabilities.of(result.getLabelsList()).toBuffer(),
                        PROBABILITY_TOLERANCE));
    }

    @Override
    public ServiceAnswer call(Channel channel, ModelRef model, ByteString image) {
        ClassifyResponse response = FineGrainedClassificationGrpc.newBlockingStub(channel)
                .classify(ClassifyRequest.newBuilder()
                        .addModels(model)
                        .setImage(ImageInput.newBuilder().setContent(image))
                        .setTopK(ALL)
                        .setTemperature(TEMPERATURE)
                        .build());
        return new ServiceAnswer(
                response.getModels(0),
                List.of(response.getImageWidth(), response.getImageHeight()),
                Probabilities.of(response.getLabelsList()).toBuffer(),
                PROBABILITY_TOLERANCE);
    }
}
