package dev.fovea.tests.chart.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The fields of a pod that this kubelet knows, by the kind of object that has them. Any other one is refused before
/// anything starts: a field that is passed over would be a promise that no test keeps.
///
/// | not enforced on a process | who does it on a node |
/// |---|---|
/// | user and groups, seccomp, capabilities, `allowPrivilegeEscalation` | the container runtime |
/// | read-only root and mounts, `defaultMode` | the runtime; here nothing may appear beside the mounts |
/// | `requests`, `sizeLimit`, limits beyond what the JVM is told of them | cgroups, the scheduler |
/// | node selection, tolerations, spread, priority, runtime class | the scheduler |
/// | pull secrets and policies | the runtime |
/// | service account and its token, links to Services | no process here has any |
/// | replicas and how they are rolled out | controllers; a test starts and ends pods |
/// | restarts after failed probes | the kubelet; a test fails where it would |
final class KnownFields {

    /// What a field's value is: nothing to look into, or of a kind of its own.
    private static final String PLAIN = "";

    private static final Map<String, Map<String, String>> KINDS = Map.ofEntries(
            kind(
                    "workload",
                    "template:template",
                    "volumeClaimTemplates",
                    "replicas revisionHistoryLimit selector strategy progressDeadlineSeconds serviceName updateStrategy"
                            + " persistentVolumeClaimRetentionPolicy podManagementPolicy"),
            kind("template", "spec:pod", "metadata"),
            kind(
                    "pod",
                    "initContainers:container containers:container volumes:volume",
                    "terminationGracePeriodSeconds",
                    "serviceAccountName automountServiceAccountToken enableServiceLinks imagePullSecrets securityContext",
                    "runtimeClassName nodeSelector tolerations affinity priorityClassName topologySpreadConstraints",
                    "restartPolicy activeDeadlineSeconds"),
            kind(
                    "container",
                    "env:env ports:port resources:resources volumeMounts:mount lifecycle:lifecycle",
                    "startupProbe:probe readinessProbe:probe livenessProbe:probe",
                    "name image command args",
                    "imagePullPolicy securityContext"),
            kind("env", "valueFrom:valueFrom", "name value"),
            kind("valueFrom", "fieldRef:fieldRef secretKeyRef:secretKeyRef"),
            kind("fieldRef", "fieldPath"),
            kind("secretKeyRef", "name key"),
            kind("port", "name containerPort"),
            kind("resources", "limits:limits", "requests"),
            kind("limits", "cpu memory"),
            kind("probe", "grpc:grpc", "periodSeconds timeoutSeconds failureThreshold"),
            kind("grpc", "port service"),
            kind("lifecycle", "preStop:preStop"),
            kind("preStop", "sleep:sleep"),
            kind("sleep", "seconds"),
            kind("mount", "name mountPath subPath readOnly"),
            kind(
                    "volume",
                    "name",
                    "configMap:configMap secret:secret emptyDir:emptyDir image:image",
                    "persistentVolumeClaim:claim"),
            kind("configMap", "name"),
            kind("secret", "items:item", "secretName defaultMode"),
            kind("item", "key path"),
            kind("emptyDir", "sizeLimit"),
            kind("claim", "claimName readOnly"),
            kind("image", "reference pullPolicy"));

    private KnownFields() {}

    /// @param workload spec of a Deployment or StatefulSet
    /// @throws UnsupportedOperationException naming a field that is not known, and what has it
    static void checkWorkload(JsonNode workload) {
        check("workload", workload);
    }

    /// As [#checkWorkload], of a pod's spec.
    static void checkPod(JsonNode pod) {
        check("pod", pod);
    }

    private static void check(String kind, JsonNode value) {
        if (value.isArray()) {
            value.forEach(item -> check(kind, item));
            return;
        }
        Map<String, String> fields = KINDS.getOrDefault(kind, Map.of());
        value.properties().forEach(field -> {
            String below = fields.get(field.getKey());
            if (below == null) {
                throw new UnsupportedOperationException(
                        "this kubelet knows no field " + field.getKey() + " of a " + kind + ": " + value);
            }
            if (!below.equals(PLAIN)) {
                check(below, field.getValue());
            }
        });
    }

    /// @param fields names apart by spaces, with `:kind` where a value is looked into
    private static Map.Entry<String, Map<String, String>> kind(String name, String... fields) {
        return Map.entry(
                name,
                Stream.of(fields)
                        .flatMap(words -> Stream.of(words.split(" ")))
                        .map(word -> (word + ":").split(":", -1))
                        .collect(Collectors.toMap(word -> word[0], word -> word[1])));
    }
}
