package dev.fovea.tests.chart.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fovea.builder.FoveaProgram;
import dev.fovea.tests.chart.render.Document;
import dev.fovea.tests.chart.render.Renderer;
import dev.fovea.tests.chart.render.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// This machine as the node that runs the pods of one rendering. Whoever makes it closes it, and with it all its pods.
///
/// One thread at a time may call it.
final class Node implements AutoCloseable {

    private static final int INIT_LIMIT_SECONDS = 60;

    private final Path folder;
    private final Rendering rendering;
    private final Outside outside;
    private final List<Pod> pods = new ArrayList<>();
    private final Map<String, Pod> byComponent = new HashMap<>();

    /// Everything that pods read and write is below `target/kubelet`, and stays there.
    Node(Rendering rendering, Outside outside) throws IOException {
        Path parent = Files.createDirectories(Path.of("target/kubelet"));
        this.folder =
                Files.createTempDirectory(parent, rendering.scenario() + "-").toAbsolutePath();
        this.rendering = rendering;
        this.outside = outside;
    }

    /// Every pod that was started, the ended ones too.
    List<Pod> pods() {
        return List.copyOf(pods);
    }

    /// The last pod of a service that was started.
    Pod pod(String component) {
        Pod pod = byComponent.get(component);
        if (pod == null) {
            throw new IllegalStateException("no pod of " + component + " was started");
        }
        return pod;
    }

    /// Starts one pod of a service without waiting for it.
    Pod start(String component) throws IOException, InterruptedException {
        Document workload = workload(component);
        JsonNode spec = workload.at("/spec");
        KnownFields.checkWorkload(spec);
        JsonNode pod = spec.path("template").path("spec");
        String name = podName(workload);
        Path own = ownFolder(name);
        Volumes volumes = new Volumes(own.resolve("volumes"), folder.resolve("claims"), rendering, outside);
        for (JsonNode volume : pod.path("volumes")) {
            volumes.make(volume);
        }
        for (JsonNode claim : spec.path("volumeClaimTemplates")) {
            volumes.makeClaimed(claim, name);
        }
        for (JsonNode container : pod.path("initContainers")) {
            runInit(container, new Sandbox(own.resolve(container.path("name").asText())), volumes);
        }
        if (pod.path("containers").size() != 1) {
            throw new UnsupportedOperationException("one container in a pod, not " + pod.path("containers"));
        }
        Pod started = launch(component, name, pod, volumes);
        pods.add(started);
        byComponent.put(component, started);
        return started;
    }

    private Pod launch(String component, String name, JsonNode pod, Volumes volumes) throws IOException {
        JsonNode node = pod.path("containers").get(0);
        Path own = ownFolder(name);
        Sandbox sandbox = new Sandbox(own.resolve("root"));
        sandbox.mounts(node.path("volumeMounts"), volumes);
        resolveServices(sandbox);
        ServiceContainer container = new ServiceContainer(node, sandbox);
        container.translateConfiguration();
        ProcessBuilder command = new ProcessBuilder(container.command(component))
                .directory(sandbox.at("/opt/fovea").toFile());
        command.environment().clear();
        command.environment().putAll(container.environment(name, outside));
        Duration grace =
                Duration.ofSeconds(pod.path("terminationGracePeriodSeconds").intValue());
        return new Pod(name, container, sandbox, grace, own.resolve("log"), command);
    }

    private void runInit(JsonNode container, Sandbox sandbox, Volumes volumes)
            throws IOException, InterruptedException {
        if (!container.path("image").asText().contains(Outside.MODEL_IMAGE)) {
            throw new UnsupportedOperationException("no image for the init container " + container);
        }
        sandbox.mount("/models", outside.modelImage().resolve("models"));
        sandbox.mounts(container.path("volumeMounts"), volumes);
        List<String> command = words(container.path("command"), sandbox);
        List<String> arguments = words(container.path("args"), sandbox);
        if (command.isEmpty()) {
            int status = new FoveaProgram().run(arguments.toArray(String[]::new));
            if (status != 0) {
                throw new AssertionError("fovea " + arguments + " ended with status " + status);
            }
        } else {
            run(Stream.concat(command.stream(), arguments.stream()).toList());
        }
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Path log = folder.resolve("init.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        if (!process.waitFor(INIT_LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError(command + " failed:\n" + Files.readString(log));
        }
    }

    private Path ownFolder(String pod) {
        return folder.resolve(pods.size() + "-" + pod);
    }

    private String podName(Document workload) {
        if (workload.kind().equals("StatefulSet")) {
            return workload.name() + "-0";
        }
        return "%s-7d4f8b9c5d-p%03dx".formatted(workload.name(), pods.size());
    }

    private Document workload(String component) {
        return Stream.of("Deployment", "StatefulSet")
                .flatMap(rendering::of)
                .filter(workload -> workload.labels()
                        .path("app.kubernetes.io/component")
                        .asText()
                        .equals(component))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no workload of " + component));
    }

    /// The arguments of a service's pod of `helm test`, for a program that runs here.
    List<String> testArguments(String component) throws IOException {
        Document test = rendering
                .find("Pod", workload(component).name() + "-test")
                .orElseThrow(() -> new IllegalArgumentException("no test of " + component));
        KnownFields.checkPod(test.at("/spec"));
        Path own = folder.resolve("test-" + component);
        Volumes volumes = new Volumes(own.resolve("volumes"), folder.resolve("claims"), rendering, outside);
        for (JsonNode volume : test.at("/spec/volumes")) {
            volumes.make(volume);
        }
        JsonNode container = test.at("/spec/containers/0");
        Sandbox sandbox = new Sandbox(own.resolve("root"));
        sandbox.mounts(container.path("volumeMounts"), volumes);
        resolveServices(sandbox);
        return words(container.path("args"), sandbox);
    }

    private static List<String> words(JsonNode list, Sandbox sandbox) {
        return list.valueStream().map(word -> sandbox.translated(word.asText())).toList();
    }

    /// Names of Services whose pods run here lead to the last one that was started.
    private void resolveServices(Sandbox sandbox) {
        byComponent.forEach((component, pod) -> {
            String local = "localhost:" + pod.grpcPort();
            rendering
                    .of("Service")
                    .filter(service -> service.at("/spec/selector/app.kubernetes.io~1component")
                            .asText()
                            .equals(component))
                    .forEach(
                            service -> sandbox.resolve(service.name() + "." + Renderer.NAMESPACE + ".svc:9000", local));
        });
    }

    @Override
    public void close() {
        pods.forEach(Pod::close);
    }
}
