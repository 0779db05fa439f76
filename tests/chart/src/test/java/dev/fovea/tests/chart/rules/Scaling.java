package dev.fovea.tests.chart.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fovea.tests.chart.render.Document;
import dev.fovea.tests.chart.render.Rendering;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How many pods there are, and who says so.
final class Scaling {

    private Scaling() {}

    /// A workload that a scaler owns names no replicas, or every upgrade would reset them; the others do.
    static List<String> owners(Rendering rendering) {
        var findings = new Findings();
        Pod.services(rendering).map(Pod::owner).forEach(workload -> {
            long scalers = scalersOf(rendering, workload).count();
            boolean counted = workload.at("/spec").has("replicas");
            findings.check(scalers <= 1, workload, "has " + scalers + " scalers");
            findings.check(
                    counted == (scalers == 0), workload, "has " + scalers + " scalers and names replicas: " + counted);
        });
        return findings.all();
    }

    /// A pod beyond the partitions would never be ready.
    static List<String> partitions(Rendering rendering) {
        var findings = new Findings();
        int partitions = rendering.values().at("/kafka/partitions").asInt();
        Pod.services(rendering)
                .filter(pod -> Configuration.of(rendering, pod).isOn("fovea.kafka.enabled"))
                .forEach(pod -> {
                    int most = most(rendering, pod.owner());
                    findings.check(
                            most <= partitions, pod, "runs in " + most + " pods, of " + partitions + " partitions");
                });
        rendering
                .of("KafkaTopic")
                .forEach(topic -> findings.check(
                        topic.at("/spec/partitions").asInt() == partitions,
                        topic,
                        "has not " + partitions + " partitions"));
        return findings.all();
    }

    /// KEDA looks at the topic and group that the service reads, with brokers that it asks.
    static List<String> lag(Rendering rendering) {
        var findings = new Findings();
        Pod.services(rendering).forEach(pod -> scalersOf(rendering, pod.owner())
                .flatMap(scaler -> scaler.at("/spec/triggers").valueStream())
                .map(trigger -> trigger.path("metadata"))
                .forEach(trigger -> {
                    Configuration file = Configuration.of(rendering, pod);
                    KafkaUse use = KafkaUse.of(file);
                    findings.check(
                            use.reads().contains(trigger.path("topic").asText())
                                    && use.groups()
                                            .contains(trigger.path("consumerGroup")
                                                    .asText()),
                            pod,
                            "is scaled by " + trigger + " and uses " + use);
                    findings.check(
                            file.value("fovea.kafka.bootstrap-servers")
                                    .equals(Optional.of(
                                            trigger.path("bootstrapServers").asText())),
                            pod,
                            "is scaled by other brokers than its own: " + trigger);
                }));
        return findings.all();
    }

    /// A disruption budget lets nodes be emptied.
    static List<String> disruption(Rendering rendering) {
        var findings = new Findings();
        rendering
                .of("PodDisruptionBudget")
                .forEach(budget -> findings.check(
                        !budget.at("/spec").has("minAvailable")
                                && budget.at("/spec/maxUnavailable").asInt() >= 1,
                        budget,
                        "lets no pod be moved: " + budget.at("/spec")));
        return findings.all();
    }

    /// In order, a StatefulSet waits for a broken pod to become ready before it takes the version back.
    static List<String> rollback(Rendering rendering) {
        var findings = new Findings();
        rendering
                .of("StatefulSet")
                .forEach(set -> findings.check(
                        set.at("/spec/podManagementPolicy").asText().equals("Parallel"),
                        set,
                        "cannot be rolled back while its pod is broken: " + set.at("/spec/podManagementPolicy")));
        return findings.all();
    }

    static Stream<Document> scalersOf(Rendering rendering, Document workload) {
        return Stream.concat(rendering.of("ScaledObject"), rendering.of("HorizontalPodAutoscaler"))
                .filter(scaler -> {
                    JsonNode target = scaler.at("/spec/scaleTargetRef");
                    return target.path("name").asText().equals(workload.name())
                            && target.path("kind").asText("Deployment").equals(workload.kind());
                });
    }

    private static int most(Rendering rendering, Document workload) {
        return scalersOf(rendering, workload)
                .map(scaler -> scaler.at("/spec/maxReplicaCount")
                        .asInt(scaler.at("/spec/maxReplicas").asInt()))
                .findFirst()
                .orElse(workload.at("/spec/replicas").asInt(1));
    }
}
