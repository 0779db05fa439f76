package dev.fovea.tests.chart.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Fields that an API server lets nobody change once an object exists.
///
/// Source: `ValidateStatefulSetUpdate`, `ValidateDeploymentUpdate`, `ValidatePersistentVolumeClaimUpdate` of
/// Kubernetes 1.34.
final class Immutable {

    /// Fields of the spec that may change, of kinds whose others may not.
    private static final Map<String, Set<String>> CHANGEABLE = Map.of(
            "StatefulSet",
            Set.of(
                    "replicas",
                    "ordinals",
                    "template",
                    "updateStrategy",
                    "revisionHistoryLimit",
                    "persistentVolumeClaimRetentionPolicy",
                    "minReadySeconds"),
            "PersistentVolumeClaim",
            Set.of("resources", "volumeAttributesClassName"),
            "Pod",
            Set.of("activeDeadlineSeconds", "tolerations"));

    /// Fields of the spec that may not change, of kinds whose others may.
    private static final Map<String, Set<String>> FIXED = Map.of(
            "Deployment", Set.of("selector"),
            "Job", Set.of("selector", "template", "completionMode"));

    private Immutable() {}

    /// Names of the fields of the spec that differ and must not.
    static List<String> changed(ObjectNode former, ObjectNode now) {
        String kind = now.path("kind").asText();
        JsonNode before = former.path("spec");
        JsonNode after = now.path("spec");
        return Stream.concat(before.propertyStream(), after.propertyStream())
                .map(Map.Entry::getKey)
                .distinct()
                .filter(field -> isFixed(kind, field))
                .filter(field -> !before.path(field).equals(after.path(field)))
                .toList();
    }

    private static boolean isFixed(String kind, String field) {
        return FIXED.getOrDefault(kind, Set.of()).contains(field)
                || (CHANGEABLE.containsKey(kind)
                        && !CHANGEABLE.getOrDefault(kind, Set.of()).contains(field));
    }
}
