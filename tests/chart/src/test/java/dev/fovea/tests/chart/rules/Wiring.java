package dev.fovea.tests.chart.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fovea.tests.chart.render.Document;
import dev.fovea.tests.chart.render.Rendering;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether what names something by label, port or name finds it among the rendered documents.
final class Wiring {

    private Wiring() {}

    /// Every selector finds the pods, or the Services, of one component and of no other.
    static List<String> selectors(Rendering rendering) {
        var findings = new Findings();
        List<Pod> pods = Pod.services(rendering).toList();
        pods.forEach(pod -> findings.check(
                matches(pod.owner().at("/spec/selector/matchLabels"), pod.labels()), pod, "does not select its pods"));
        Stream.of("Service", "PodDisruptionBudget", "NetworkPolicy", "StatefulSet", "Deployment")
                .flatMap(rendering::of)
                .forEach(document -> {
                    long found = pods.stream()
                            .filter(pod -> matches(selector(document), pod.labels()))
                            .count();
                    findings.check(found == 1, document, "selects " + found + " workloads by " + selector(document));
                });
        rendering
                .of("ServiceMonitor")
                .forEach(monitor -> findings.check(
                        monitored(rendering, monitor).findAny().isPresent(), monitor, "selects no Service"));
        return findings.all();
    }

    /// Target ports of Services are names that the selected pods have.
    static List<String> servedPorts(Rendering rendering) {
        var findings = new Findings();
        rendering.of("Service").forEach(service -> pods(rendering, service).forEach(pod -> service.at("/spec/ports")
                .forEach(port -> findings.check(
                        pod.portNamed(port.path("targetPort").asText()).isPresent(),
                        service,
                        "sends " + port + " to no named port of " + pod))));
        return findings.all();
    }

    /// What can be reached from outside, as a LoadBalancer, is gRPC: health and metrics ask for no token.
    static List<String> callsOnly(Rendering rendering) {
        var findings = new Findings();
        rendering
                .of("Service")
                .filter(service -> !service.at("/spec/clusterIP").asText().equals("None"))
                .forEach(service -> findings.check(
                        service.at("/spec/ports").findValuesAsText("name").equals(List.of("grpc")),
                        service,
                        "carries " + service.at("/spec/ports")));
        return findings.all();
    }

    /// No pod is scraped twice, by two Services that both select it.
    static List<String> scrapedOnce(Rendering rendering) {
        var findings = new Findings();
        List<Document> monitors = rendering.of("ServiceMonitor").toList();
        Pod.services(rendering).filter(pod -> !monitors.isEmpty()).forEach(pod -> {
            long times = monitors.stream()
                    .flatMap(monitor -> monitored(rendering, monitor).filter(service -> hasPortOf(monitor, service)))
                    .filter(service -> matches(selector(service), pod.labels()))
                    .count();
            findings.check(times == 1, pod, "is scraped " + times + " times");
        });
        return findings.all();
    }

    private static boolean hasPortOf(Document monitor, Document service) {
        List<String> ports = service.at("/spec/ports").findValuesAsText("name");
        return monitor.at("/spec/endpoints")
                .valueStream()
                .anyMatch(endpoint -> ports.contains(endpoint.path("port").asText()));
    }

    /// The three probes ask gRPC health by the service names that the services answer, on a port that they serve in
    /// plaintext.
    static List<String> probes(Rendering rendering) {
        var findings = new Findings();
        Map<String, String> names =
                Map.of("startupProbe", "startup", "readinessProbe", "readiness", "livenessProbe", "liveness");
        Pod.services(rendering)
                .forEach(pod -> names.forEach((probe, service) -> {
                    JsonNode grpc = pod.container().path(probe).path("grpc");
                    findings.check(
                            grpc.path("service").asText().equals(service),
                            pod,
                            probe + " does not ask " + service + ": " + grpc);
                    findings.check(
                            pod.hasPort(grpc.path("port").asInt()), pod, probe + " asks " + grpc + ", no port of it");
                    findings.check(
                            pod.portNamed("grpc-health")
                                    .equals(Optional.of(grpc.path("port").asInt())),
                            pod,
                            probe + " asks " + grpc + ", which may speak TLS");
                }));
        return findings.all();
    }

    /// The pods that a Service selects.
    static Stream<Pod> pods(Rendering rendering, Document service) {
        return Pod.services(rendering).filter(pod -> matches(selector(service), pod.labels()));
    }

    static Stream<Document> monitored(Rendering rendering, Document monitor) {
        return rendering.of("Service").filter(service -> matches(selector(monitor), service.labels()));
    }

    static JsonNode selector(Document document) {
        return switch (document.kind()) {
            case "Service" -> document.at("/spec/selector");
            case "NetworkPolicy" -> document.at("/spec/podSelector/matchLabels");
            default -> document.at("/spec/selector/matchLabels");
        };
    }

    static boolean matches(JsonNode selector, JsonNode labels) {
        return !selector.isEmpty()
                && selector.properties().stream()
                        .allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
    }
}
