package dev.fovea.tests.chart.validate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What an API server checks and its published description does not say: which words a field may hold, and that a
/// workload's selector finds its own pods.
///
/// Source: the constants of `k8s.io/api` and `ValidateDeploymentSpec`, `ValidateStatefulSetSpec`, `ValidateServicePort`
/// of Kubernetes 1.34.
final class ApiServerChecks {

    /// Words by the name of their field, with its parent before it where they differ from place to place.
    private static final Map<String, Set<String>> WORDS = Map.ofEntries(
            Map.entry("imagePullPolicy", Set.of("Always", "IfNotPresent", "Never")),
            Map.entry("pullPolicy", Set.of("Always", "IfNotPresent", "Never")),
            Map.entry("restartPolicy", Set.of("Always", "OnFailure", "Never")),
            Map.entry("protocol", Set.of("TCP", "UDP", "SCTP")),
            Map.entry("podManagementPolicy", Set.of("OrderedReady", "Parallel")),
            Map.entry("whenUnsatisfiable", Set.of("DoNotSchedule", "ScheduleAnyway")),
            Map.entry("policyTypes", Set.of("Ingress", "Egress")),
            Map.entry("terminationMessagePolicy", Set.of("File", "FallbackToLogsOnError")),
            Map.entry("fsGroupChangePolicy", Set.of("OnRootMismatch", "Always")),
            Map.entry("unhealthyPodEvictionPolicy", Set.of("IfHealthyBudget", "AlwaysAllow")),
            Map.entry("whenDeleted", Set.of("Retain", "Delete")),
            Map.entry("whenScaled", Set.of("Retain", "Delete")),
            Map.entry("selectPolicy", Set.of("Max", "Min", "Disabled")),
            Map.entry("accessModes", Set.of("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod")),
            Map.entry("effect", Set.of("NoSchedule", "PreferNoSchedule", "NoExecute")),
            Map.entry("tolerations/operator", Set.of("Exists", "Equal")),
            Map.entry("matchExpressions/operator", Set.of("In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt")),
            Map.entry("seccompProfile/type", Set.of("RuntimeDefault", "Localhost", "Unconfined")),
            Map.entry("strategy/type", Set.of("Recreate", "RollingUpdate")),
            Map.entry("updateStrategy/type", Set.of("OnDelete", "RollingUpdate")),
            Map.entry("spec/type", Set.of("ClusterIP", "NodePort", "LoadBalancer", "ExternalName")),
            Map.entry("metrics/type", Set.of("Resource", "ContainerResource", "Pods", "Object", "External")),
            Map.entry("policies/type", Set.of("Pods", "Percent")));

    private final List<String> problems = new ArrayList<>();

    private ApiServerChecks() {}

    static List<String> problems(JsonNode document) {
        var checks = new ApiServerChecks();
        if (!document.path("kind").asText().matches("ConfigMap|Secret")) {
            checks.words(document, "", "");
        }
        checks.selector(document);
        checks.names(document, "");
        return checks.problems;
    }

    private void words(JsonNode node, String path, String parent) {
        node.properties().forEach(entry -> {
            Set<String> words =
                    WORDS.getOrDefault(parent + "/" + entry.getKey(), WORDS.getOrDefault(entry.getKey(), Set.of()));
            String below = path + "/" + entry.getKey();
            if (!words.isEmpty()) {
                Iterable<JsonNode> given = entry.getValue().isArray() ? entry.getValue() : List.of(entry.getValue());
                given.forEach(word -> word(words, below, word));
            }
            words(entry.getValue(), below, entry.getKey());
        });
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                words(node.get(i), path + "/" + i, parent);
            }
        }
    }

    private void word(Set<String> words, String path, JsonNode given) {
        if (!words.contains(given.asText())) {
            problems.add(path + " " + given + " is none of " + words);
        }
    }

    private void selector(JsonNode document) {
        JsonNode labels = document.at("/spec/template/metadata/labels");
        document.at("/spec/selector/matchLabels").properties().forEach(entry -> {
            if (!labels.isMissingNode() && !entry.getValue().equals(labels.path(entry.getKey()))) {
                problems.add("/spec/selector/matchLabels/" + entry.getKey() + " " + entry.getValue()
                        + " is not a label of the pod template " + labels);
            }
        });
    }

    /// Names of ports have 15 characters at most, those of containers and volumes 63; each is given once in its list.
    private void names(JsonNode node, String path) {
        node.properties().forEach(entry -> {
            switch (entry.getKey()) {
                case "ports" -> list(entry.getValue(), path + "/ports", "[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?");
                case "containers", "initContainers", "volumes" ->
                    list(entry.getValue(), path + "/" + entry.getKey(), "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
                case "env" -> list(entry.getValue(), path + "/env", "[^=]+");
                default -> {}
            }
            names(entry.getValue(), path + "/" + entry.getKey());
        });
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                names(node.get(i), path + "/" + i);
            }
        }
    }

    private void list(JsonNode list, String path, String form) {
        List<String> names = list.valueStream()
                .filter(item -> item.has("name"))
                .map(item -> item.path("name").asText())
                .toList();
        if (names.stream().distinct().count() < names.size()) {
            problems.add(path + " names one twice: " + names);
        }
        names.stream()
                .filter(name -> !name.matches(form))
                .forEach(name -> problems.add(path + " has the name \"" + name + "\", which is not " + form));
    }
}
