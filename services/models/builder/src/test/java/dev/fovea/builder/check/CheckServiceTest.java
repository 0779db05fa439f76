package dev.fovea.builder.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.builder.FoveaProgram;
import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.DescribeResponse;
import dev.fovea.proto.v1.InfoRequest;
import dev.fovea.proto.v1.InfoResponse;
import dev.fovea.proto.v1.ModelIdentity;
import dev.fovea.proto.v1.PatchDescriptionGrpc;
import dev.fovea.proto.v1.ServedModel;
import dev.fovea.proto.v1.ServiceInfoGrpc;
import dev.fovea.proto.v1.Vectors;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckServiceTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private InfoResponse info = info("patch-description", "SERVING");
    private DescribeRequest asked = DescribeRequest.getDefaultInstance();
    private Runnable stop = () -> {};
    private String address = "";

    @BeforeEach
    void aService() throws IOException {
        Server server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(new Info())
                .addService(new Describing())
                .build()
                .start();
        address = "localhost:" + server.getPort();
        stop = server::shutdownNow;
    }

    @AfterEach
    void stop() {
        stop.run();
    }

    @Test
    void aServiceThatAnswersForThePictureIsFine() throws IOException {
        assertThat(check()).as(err.toString()).isZero();

        assertThat(out.toString()).contains("patch-description 1.2", "siftnet@3", "described 7 keypoints");
        byte[] picture = asked.getImage().getImage().getContent().toByteArray();
        assertThat(ImageIO.read(new ByteArrayInputStream(picture)).getWidth()).isEqualTo(256);
    }

    @Test
    void aModelThatDoesNotServeIsNamed() {
        info = info("patch-description", "LOADING");

        assertThat(check()).isEqualTo(1);
        assertThat(err.toString()).contains("patch-description does not serve siftnet@3");
    }

    @Test
    void aServiceOfAnotherKindIsNotGuessed() {
        info = info("weather", "SERVING");

        assertThat(check()).isEqualTo(1);
        assertThat(err.toString()).contains("calls itself weather");
    }

    private int check() {
        return new FoveaProgram(new PrintWriter(out), new PrintWriter(err)).run("check", "--server", address);
    }

    private static InfoResponse info(String service, String state) {
        return InfoResponse.newBuilder()
                .setService(service)
                .setVersion("1.2")
                .addModels(ServedModel.newBuilder()
                        .setIdentity(
                                ModelIdentity.newBuilder().setName("siftnet").setVersion(3))
                        .setState(state))
                .build();
    }

    private final class Info extends ServiceInfoGrpc.ServiceInfoImplBase {

        @Override
        public void info(InfoRequest request, StreamObserver<InfoResponse> answer) {
            answer.onNext(info);
            answer.onCompleted();
        }
    }

    private final class Describing extends PatchDescriptionGrpc.PatchDescriptionImplBase {

        @Override
        public void describe(DescribeRequest request, StreamObserver<DescribeResponse> answer) {
            asked = request;
            answer.onNext(DescribeResponse.newBuilder()
                    .setDescriptors(Vectors.newBuilder().setCount(7))
                    .build());
            answer.onCompleted();
        }
    }
}
