package dev.fovea.tests.chart.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fovea.tests.support.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The container of a service, read strictly, and as a command of this machine.
final class ServiceContainer {

    /// Keys of the ports that the container has by name; the service's own defaults are 9000 and 8080.
    private static final Map<String, String> PORT_KEYS =
            Map.of("grpc", "quarkus.grpc.server.port", "http", "quarkus.http.port");

    private static final Pattern HEALTH_PORT = Pattern.compile("(?m)^(fovea\\.health\\.grpc-port=)(\\d+)$");
    private static final long KIBI = 1024;

    private final JsonNode container;
    private final Sandbox sandbox;
    private final Map<String, Integer> containerPorts = new TreeMap<>();
    private final Map<Integer, Integer> hostPorts = new HashMap<>();

    ServiceContainer(JsonNode container, Sandbox sandbox) {
        this.container = container;
        this.sandbox = sandbox;
        for (JsonNode port : container.path("ports")) {
            int number = port.path("containerPort").intValue();
            containerPorts.put(port.path("name").asText(), number);
            hostPorts.put(number, Ports.free());
        }
    }

    /// Where a port of the container is on this machine.
    ///
    /// @throws IllegalStateException if the container does not say that it has it
    int hostPort(int containerPort) {
        Integer port = hostPorts.get(containerPort);
        if (port == null) {
            throw new IllegalStateException("the container has no port " + containerPort + ", only " + containerPorts);
        }
        return port;
    }

    Probe probe(String kind) {
        return Probe.of(container.path(kind));
    }

    /// Seconds before SIGTERM.
    int preStopSeconds() {
        JsonNode preStop = container.path("lifecycle").path("preStop");
        return preStop.path("sleep").path("seconds").intValue();
    }

    /// Writes the configuration as this machine's paths and ports have it, in place of the mounted file.
    void translateConfiguration() throws IOException {
        Path mounted = sandbox.at("/opt/fovea/config/application.properties");
        String text = sandbox.translated(Files.readString(mounted));
        var port = HEALTH_PORT.matcher(text);
        if (port.find()) {
            text = port.replaceAll(match -> match.group(1) + hostPort(Integer.parseInt(match.group(2))));
        }
        Files.writeString(mounted, text);
    }

    /// The image's entry point, and what makes the JVM see the container's limits.
    List<String> command(String service) throws IOException {
        Path jar = Checkout.root().resolve("services/" + service + "/target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException("the service is not built: " + jar + " is missing");
        }
        if (container.has("command") || container.has("args")) {
            throw new UnsupportedOperationException("the service's entry point is replaced: " + container);
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ImageOptions.ofJava());
        JsonNode limits = container.at("/resources/limits");
        command.add("-XX:MaxRAM=" + bytes(limits.path("memory").asText()));
        command.add("-XX:ActiveProcessorCount=" + limits.path("cpu").asText());
        command.add("-Djava.io.tmpdir=" + sandbox.at("/tmp"));
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    /// The container's variables, nothing of this machine's but those of the image.
    Map<String, String> environment(String pod, Outside outside) {
        Map<String, String> environment = new TreeMap<>(ImageOptions.environment());
        PORT_KEYS.forEach((name, key) -> environment.put(
                key.toUpperCase(java.util.Locale.ROOT).replace('.', '_'),
                Integer.toString(hostPort(containerPorts.getOrDefault(name, 0)))));
        for (JsonNode variable : container.path("env")) {
            String value = value(variable, pod, outside);
            environment.put(variable.path("name").asText(), sandbox.translated(value));
        }
        return environment;
    }

    private static String value(JsonNode variable, String pod, Outside outside) {
        if (!variable.has("valueFrom")) {
            return variable.path("value").asText();
        }
        JsonNode from = variable.get("valueFrom");
        if (from.has("secretKeyRef")) {
            JsonNode secret = from.get("secretKeyRef");
            return outside.secret(
                    secret.path("name").asText(), secret.path("key").asText());
        }
        String field = from.path("fieldRef").path("fieldPath").asText();
        if (!field.equals("metadata.name")) {
            throw new UnsupportedOperationException("no field " + field + " of a pod is known");
        }
        return pod;
    }

    private static long bytes(String quantity) {
        long number = Long.parseLong(quantity.substring(0, quantity.length() - 2));
        return switch (quantity.substring(quantity.length() - 2)) {
            case "Mi" -> number * KIBI * KIBI;
            case "Gi" -> number * KIBI * KIBI * KIBI;
            default -> throw new IllegalArgumentException("no memory limit: " + quantity);
        };
    }
}
