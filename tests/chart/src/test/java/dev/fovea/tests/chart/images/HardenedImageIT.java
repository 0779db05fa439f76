package dev.fovea.tests.chart.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import dev.fovea.builder.FoveaProgram;
import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.DescribeResponse;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.ImagePatches;
import dev.fovea.proto.v1.PatchDescriptionGrpc;
import dev.fovea.proto.v1.SiftDetector;
import dev.fovea.tests.chart.tool.NotVerified;
import dev.fovea.tests.chart.tool.Tool;
import dev.fovea.tests.contract.service.EventLoad;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The image of a service as a cluster would run it: no privileges, nothing to write to but a small temporary folder
/// from which nothing can be executed.
class HardenedImageIT {

    private static final String IMAGE = "fovea/patch-description:test";
    private static final int CALLS = 64;

    /// Not a temporary folder of JUnit's: other users cannot read those.
    private final Path models = Path.of("target", "hardened-image-models").toAbsolutePath();

    private String container = "";

    @BeforeEach
    void run() throws IOException, InterruptedException {
        if (!Tool.works("docker", "info")) {
            NotVerified.missing("the image runs hardened and drains", "docker");
        }
        Tool.run(
                "docker",
                "build",
                "-f",
                "docker/service.Dockerfile",
                "--target",
                "cpu",
                "--build-arg",
                "SERVICE=patch-description",
                "-t",
                IMAGE,
                ".");
        if (!Files.exists(models)) {
            PrintWriter nowhere = new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            assertThat(new FoveaProgram(nowhere, nowhere)
                            .run("models", "build", "siftnet", "--repository", models.toString()))
                    .isZero();
        }
        container = Tool.run(
                "docker",
                "run",
                "--detach",
                "--read-only",
                "--tmpfs",
                "/tmp:noexec,nosuid,nodev,size=64m",
                "--cap-drop",
                "ALL",
                "--security-opt",
                "no-new-privileges",
                "--memory",
                "768m",
                "--health-interval",
                "2s",
                "-v",
                models + ":/models:ro",
                "-p",
                "127.0.0.1::9000",
                IMAGE);
        await("healthy", "{{.State.Health.Status}}");
    }

    @AfterEach
    void remove() throws IOException, InterruptedException {
        if (!container.isEmpty()) {
            Tool.run("docker", "rm", "--force", "--volumes", container);
        }
    }

    @Test
    void itIsHealthyWithoutPrivilegesAndAnswersWhatIsInFlightWhenItIsStopped()
            throws IOException, InterruptedException, ExecutionException {
        List<String> status = Files.readAllLines(Path.of("/proc", inspect("{{.State.Pid}}"), "status"));
        assertThat(status)
                .anyMatch(line -> line.matches("Uid:(\\s10001){4}"))
                .anyMatch(line -> line.matches("Gid:(\\s10001){4}"))
                .contains("CapEff:\t0000000000000000", "NoNewPrivs:\t1", "Seccomp:\t2");

        ManagedChannel channel = channel();
        try {
            var service = PatchDescriptionGrpc.newFutureStub(channel);
            service.describe(request()).get();
            List<ListenableFuture<DescribeResponse>> calls = IntStream.range(0, CALLS)
                    .mapToObj(call -> service.describe(request()))
                    .toList();
            Tool.run("docker", "stop", "--time", "40", container);

            assertThat(calls).allSatisfy(HardenedImageIT::assertAnswered);
        } finally {
            channel.shutdownNow();
        }
        assertThat(inspect("{{.State.ExitCode}} {{.State.OOMKilled}}")).isEqualTo("143 false");
    }

    /// With a result, or told by the service that it drains; a connection that breaks is neither.
    private static void assertAnswered(ListenableFuture<DescribeResponse> call) throws InterruptedException {
        try {
            assertThat(call.get().hasModel()).isTrue();
        } catch (ExecutionException refused) {
            Status status = Status.fromThrowable(refused);
            assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(status.getDescription()).contains("drain");
        }
    }

    private ManagedChannel channel() throws IOException, InterruptedException {
        String port = inspect("{{(index (index .NetworkSettings.Ports \"9000/tcp\") 0).HostPort}}");
        return NettyChannelBuilder.forTarget("localhost:" + port).usePlaintext().build();
    }

    private static DescribeRequest request() {
        ByteString jpeg = ByteString.copyFrom(EventLoad.images(1).getFirst());
        return DescribeRequest.newBuilder()
                .setImage(ImagePatches.newBuilder()
                        .setImage(ImageInput.newBuilder().setContent(jpeg))
                        .setSift(SiftDetector.getDefaultInstance()))
                .build();
    }

    private void await(String state, String format) throws IOException, InterruptedException {
        for (int turn = 0; turn < 120; turn++) {
            if (inspect(format).equals(state)) {
                return;
            }
            Thread.sleep(1000);
        }
        throw new AssertionError("never " + state + ":\n" + Tool.run("docker", "logs", container));
    }

    private String inspect(String format) throws IOException, InterruptedException {
        return Tool.run("docker", "inspect", "--format", format, container);
    }
}
