package dev.fovea.tests.chart.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fovea.tests.chart.render.Rendering;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The Pod Security standard `restricted` for every pod, those of hooks included.
///
/// Source: Kubernetes documentation, "Pod Security Standards", v1.36; `image` volumes are allowed since v1.33
/// (`CheckRestrictedVolumes`).
final class PodSecurity {

    private static final Set<String> VOLUMES = Set.of(
            "configMap",
            "csi",
            "downwardAPI",
            "emptyDir",
            "ephemeral",
            "image",
            "persistentVolumeClaim",
            "projected",
            "secret");
    private static final Set<String> PROFILES = Set.of("RuntimeDefault", "Localhost");
    private static final Set<String> SYSCTLS = Set.of(
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.ip_unprivileged_port_start",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.ping_group_range");

    private final Findings findings = new Findings();

    private PodSecurity() {}

    static List<String> violations(Rendering rendering) {
        var check = new PodSecurity();
        Pod.all(rendering).forEach(check::pod);
        return check.findings.all();
    }

    private void pod(Pod pod) {
        JsonNode spec = pod.spec();
        for (String namespace : List.of("hostNetwork", "hostPID", "hostIPC")) {
            findings.check(!spec.path(namespace).asBoolean(), pod, "has " + namespace);
        }
        pod.volumes()
                .forEach(volume -> findings.check(
                        volume.propertyStream()
                                .map(Map.Entry::getKey)
                                .allMatch(key -> key.equals("name") || VOLUMES.contains(key)),
                        pod,
                        "has the volume " + volume + ", none of " + VOLUMES));
        spec.at("/securityContext/sysctls")
                .forEach(sysctl ->
                        findings.check(SYSCTLS.contains(sysctl.path("name").asText()), pod, "sets " + sysctl));
        pod.containers().forEach(container -> container(pod, container));
    }

    private void container(Pod pod, JsonNode container) {
        String subject = pod + " " + container.path("name").asText();
        JsonNode own = container.path("securityContext");
        JsonNode inherited = pod.spec().path("securityContext");
        findings.check(!own.path("privileged").asBoolean(), subject, "is privileged");
        findings.check(!own.path("allowPrivilegeEscalation").asBoolean(true), subject, "may escalate its privileges");
        findings.check(either(own, inherited, "runAsNonRoot").asBoolean(), subject, "may run as root");
        findings.check(either(own, inherited, "runAsUser").asLong(1) != 0, subject, "runs as user 0");
        findings.check(
                PROFILES.contains(
                        either(own, inherited, "seccompProfile").path("type").asText()),
                subject,
                "has no seccomp profile of " + PROFILES);
        findings.check(
                texts(own.at("/capabilities/drop")).anyMatch("ALL"::equals), subject, "does not drop all capabilities");
        findings.check(
                texts(own.at("/capabilities/add")).allMatch("NET_BIND_SERVICE"::equals),
                subject,
                "adds the capabilities " + own.at("/capabilities/add"));
        findings.check(own.path("procMount").asText("Default").equals("Default"), subject, "has another procMount");
        container
                .path("ports")
                .forEach(port ->
                        findings.check(port.path("hostPort").asInt() == 0, subject, "takes a port of the host"));
        container
                .findValues("host")
                .forEach(host -> findings.check(
                        host.asText().isEmpty(), subject, "has a probe or handler that asks another host, " + host));
    }

    private static JsonNode either(JsonNode own, JsonNode inherited, String field) {
        return own.has(field) ? own.path(field) : inherited.path(field);
    }

    private static Stream<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText);
    }
}
