package dev.fovea.tests.chart.release;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The kinds that the stand-in serves, all of them in namespaces.
final class Resources {

    /// @param groupVersion `v1` or `apps/v1`
    /// @param plural as in paths
    record Resource(String groupVersion, String plural, String kind) {

        String group() {
            return groupVersion.contains("/") ? groupVersion.substring(0, groupVersion.indexOf('/')) : "";
        }

        String version() {
            return groupVersion.substring(groupVersion.indexOf('/') + 1);
        }

        /// `/api/v1` or `/apis/apps/v1`.
        String root() {
            return Resources.root(groupVersion);
        }
    }

    static final List<Resource> ALL = List.of(
            new Resource("v1", "configmaps", "ConfigMap"),
            new Resource("v1", "persistentvolumeclaims", "PersistentVolumeClaim"),
            new Resource("v1", "pods", "Pod"),
            new Resource("v1", "secrets", "Secret"),
            new Resource("v1", "serviceaccounts", "ServiceAccount"),
            new Resource("v1", "services", "Service"),
            new Resource("apps/v1", "deployments", "Deployment"),
            new Resource("apps/v1", "statefulsets", "StatefulSet"),
            new Resource("autoscaling/v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler"),
            new Resource("batch/v1", "jobs", "Job"),
            new Resource("keda.sh/v1alpha1", "scaledobjects", "ScaledObject"),
            new Resource("keda.sh/v1alpha1", "triggerauthentications", "TriggerAuthentication"),
            new Resource("kafka.strimzi.io/v1", "kafkatopics", "KafkaTopic"),
            new Resource("kafka.strimzi.io/v1", "kafkausers", "KafkaUser"),
            new Resource("monitoring.coreos.com/v1", "prometheusrules", "PrometheusRule"),
            new Resource("monitoring.coreos.com/v1", "servicemonitors", "ServiceMonitor"),
            new Resource("networking.k8s.io/v1", "networkpolicies", "NetworkPolicy"),
            new Resource("policy/v1", "poddisruptionbudgets", "PodDisruptionBudget"));

    private Resources() {}

    static Set<String> groupVersions() {
        Set<String> versions = new TreeSet<>();
        ALL.forEach(resource -> versions.add(resource.groupVersion()));
        return versions;
    }

    static List<Resource> of(String groupVersion) {
        return ALL.stream()
                .filter(resource -> resource.groupVersion().equals(groupVersion))
                .toList();
    }

    static String root(String groupVersion) {
        return (groupVersion.contains("/") ? "/apis/" : "/api/") + groupVersion;
    }

    /// The resource of a path `<root>/namespaces/<namespace>/<plural>…`.
    static Optional<Resource> at(String path) {
        return ALL.stream()
                .filter(resource -> path.matches(resource.root() + "/namespaces/[^/]+/" + resource.plural() + "(/.*)?"))
                .findFirst();
    }
}
