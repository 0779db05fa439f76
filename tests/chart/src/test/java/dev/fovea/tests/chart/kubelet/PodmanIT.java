package dev.fovea.tests.chart.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.ImagePatches;
import dev.fovea.proto.v1.PatchDescriptionGrpc;
import dev.fovea.proto.v1.SiftDetector;
import dev.fovea.tests.chart.render.Document;
import dev.fovea.tests.chart.render.HelmYaml;
import dev.fovea.tests.chart.render.Rendering;
import dev.fovea.tests.chart.render.Renderings;
import dev.fovea.tests.chart.tool.NotVerified;
import dev.fovea.tests.chart.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A rendered Deployment and its ConfigMap, as `podman play kube` runs them: two containers of the real images, the
/// first of which copies the models. podman asks no gRPC probes; the test asks them in its place.
class PodmanIT {

    private static final String WHAT = "podman play kube runs a rendered Deployment";
    private static final String DEPLOYMENT = "eye-fovea-patch-description";
    private static final String CONTAINER = DEPLOYMENT + "-pod-0-service";
    private static final String SERVICE = "localhost/fovea/patch-description:test";
    private static final String MODELS = "localhost/fovea/model-repository:test";

    /// The annotation is podman's: it else removes the init container, at times before it has noticed its end.
    private static final ObjectNode VALUES = HelmYaml.object("""
            commonAnnotations: {io.podman.annotations.init.container.type: always}
            services:
              patchDescription:
                image: {registry: localhost, repository: fovea/patch-description, tag: test, pullPolicy: Never}
                models: {initContainer: {image: "%s", pullPolicy: Never}}
                resources: {limits: {cpu: "2", memory: 1Gi}}
              fineGrainedClassification: {enabled: false}
              globalRetrieval: {enabled: false}
            """.formatted(MODELS));

    private final Path file = Path.of("target", "podman.yaml").toAbsolutePath();
    private final int grpc = Ports.free();
    private final int health = Ports.free();

    private boolean played;

    @BeforeEach
    void play() throws IOException, InterruptedException {
        require("podman");
        require("docker");
        build("service", "cpu", "SERVICE=patch-description", SERVICE);
        build("model-repository", "repository", "MODELS=siftnet", MODELS);
        Rendering pod = Renderings.renderer()
                .render("podman", VALUES, Renderings.VERSIONS.getLast())
                .changed(PodmanIT::isDeployment, this::publish);
        Files.writeString(file, document(pod));
        played = true;
        Tool.run("podman", "play", "kube", file.toString());
    }

    @AfterEach
    void remove() throws IOException, InterruptedException {
        if (played) {
            Tool.run("podman", "play", "kube", "--down", file.toString());
        }
    }

    @Test
    void itBecomesReadyAnswersWithoutPrivilegesAndEndsByItself() throws IOException, InterruptedException {
        JsonNode container =
                HelmYaml.documents(Files.readString(file)).getLast().at("/spec/template/spec/containers/0");
        awaitStart(Probe.of(container.path("startupProbe")));

        assertThat(Probe.of(container.path("readinessProbe")).succeeds(health)).isTrue();
        assertThat(Probe.of(container.path("livenessProbe")).succeeds(health)).isTrue();
        assertThat(describes()).isTrue();
        assertThat(Files.readAllLines(Path.of("/proc", inspect("{{.State.Pid}}"), "status")))
                .anyMatch(line -> line.matches("Uid:(\\s10001){4}"))
                .anyMatch(line -> line.matches("Gid:(\\s10001){4}"))
                .contains("CapEff:\t0000000000000000", "NoNewPrivs:\t1", "Seccomp:\t2");

        Tool.run("podman", "stop", "--time", "40", CONTAINER);
        assertThat(inspect("{{.State.ExitCode}} {{.State.OOMKilled}}")).isEqualTo("143 false");
    }

    private static void require(String program) throws InterruptedException {
        if (!Tool.works(program, "info")) {
            NotVerified.missing(WHAT, program);
        }
    }

    /// Built by Docker and handed to podman under the name that the values give.
    private static void build(String what, String target, String argument, String name)
            throws IOException, InterruptedException {
        String recipe = "docker/" + what + ".Dockerfile";
        Tool.run("docker", "build", "-f", recipe, "--target", target, "--build-arg", argument, "-t", name, ".");
        Path archive = Path.of("target", what + ".tar").toAbsolutePath();
        Tool.run("docker", "save", "--output", archive.toString(), name);
        Tool.run("podman", "load", "--input", archive.toString());
        Files.delete(archive);
    }

    /// Gives the container's ports to this machine alone, as its Service and the kubelet would reach them; podman would
    /// take the same numbers on every address.
    private void publish(ObjectNode deployment) {
        Map<String, Integer> here = Map.of("grpc", grpc, "grpc-health", health, "http", Ports.free());
        deployment.at("/spec/template/spec/containers/0/ports").forEach(port -> ((ObjectNode) port)
                .put("hostIP", "127.0.0.1")
                .put("hostPort", here.get(port.path("name").asText())));
    }

    private static boolean isDeployment(Document document) {
        return document.kind().equals("Deployment");
    }

    /// The ConfigMap first: podman wants it before what mounts it.
    private static String document(Rendering rendering) {
        return List.of("ConfigMap", "Deployment").stream()
                .flatMap(rendering::of)
                .map(document -> HelmYaml.write(document.node()))
                .collect(Collectors.joining("\n---\n"));
    }

    private void awaitStart(Probe startup) throws IOException, InterruptedException {
        for (int turn = 0; turn < startup.failureThreshold(); turn++) {
            if (startup.succeeds(health)) {
                return;
            }
            Thread.sleep(startup.periodSeconds() * 1000L);
        }
        throw new AssertionError("never started:\n" + Tool.run("podman", "logs", CONTAINER));
    }

    private boolean describes() {
        try (Caller caller = Caller.plain(grpc)) {
            return PatchDescriptionGrpc.newBlockingStub(caller.channel())
                    .describe(DescribeRequest.newBuilder()
                            .setImage(ImagePatches.newBuilder()
                                    .setImage(ImageInput.newBuilder().setContent(Images.one()))
                                    .setSift(SiftDetector.getDefaultInstance()))
                            .build())
                    .hasModel();
        }
    }

    private static String inspect(String format) throws IOException, InterruptedException {
        return Tool.run("podman", "inspect", "--format", format, CONTAINER);
    }
}
