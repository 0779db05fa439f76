package dev.fovea.tests.chart.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fovea.tests.chart.render.Document;
import dev.fovea.tests.chart.render.Rendering;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Strimzi's users and topics against what the services do.
final class KafkaAccess {

    private KafkaAccess() {}

    /// Each service's user may do what the service does, and nothing else.
    static List<String> users(Rendering rendering) {
        var findings = new Findings();
        List<Document> users = rendering.of("KafkaUser").toList();
        if (users.isEmpty()) {
            return List.of();
        }
        Pod.services(rendering).forEach(pod -> {
            KafkaUse use = KafkaUse.of(Configuration.of(rendering, pod));
            List<Document> own = users.stream()
                    .filter(user -> component(user).equals(pod.component()))
                    .toList();
            findings.check(own.size() == 1, pod, "has " + own.size() + " users");
            own.stream()
                    .filter(user -> !KafkaUse.of(user).equals(use))
                    .forEach(user ->
                            findings.check(false, user, "may " + KafkaUse.of(user) + ", its service does " + use));
        });
        return findings.all();
    }

    /// The topics that are made are those that the services use.
    static List<String> topics(Rendering rendering) {
        Set<String> made = new TreeSet<>();
        rendering
                .of("KafkaTopic")
                .forEach(topic -> made.add(topic.at("/spec/topicName").asText(topic.name())));
        Set<String> used = new TreeSet<>();
        Pod.services(rendering)
                .map(pod -> KafkaUse.of(Configuration.of(rendering, pod)))
                .forEach(use -> {
                    used.addAll(use.reads());
                    used.addAll(use.writes());
                });
        var findings = new Findings();
        findings.check(made.isEmpty() || made.equals(used), "topics made: " + made, "are not those used: " + used);
        return findings.all();
    }

    /// Users and topics belong to the cluster that the values name.
    static List<String> cluster(Rendering rendering) {
        var findings = new Findings();
        JsonNode cluster = rendering.values().at("/kafka/strimzi/cluster");
        Stream.concat(rendering.of("KafkaUser"), rendering.of("KafkaTopic"))
                .forEach(document -> findings.check(
                        document.labels().path("strimzi.io/cluster").equals(cluster)
                                && !cluster.asText().isEmpty(),
                        document,
                        "is of no cluster"));
        return findings.all();
    }

    private static String component(Document document) {
        return document.labels().path("app.kubernetes.io/component").asText();
    }
}
