package dev.fovea.tests.chart.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fovea.tests.chart.render.Rendering;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What the chart promises beyond the standard `restricted`.
final class Hardening {

    /// Where a container may write, besides what the values mount there.
    private static final Set<String> WRITABLE =
            Set.of("/tmp", "/dev/shm", "/var/lib/fovea/index", "/var/lib/fovea/backups");

    private Hardening() {}

    /// No pod is given a token, and none asks for one itself.
    static List<String> tokens(Rendering rendering) {
        var findings = new Findings();
        Pod.all(rendering).forEach(pod -> {
            findings.check(
                    !pod.spec().path("automountServiceAccountToken").asBoolean(true),
                    pod,
                    "mounts the token of its service account");
            findings.check(
                    pod.volumes().noneMatch(volume -> !volume.findValues("serviceAccountToken")
                            .isEmpty()),
                    pod,
                    "projects a token");
        });
        rendering
                .of("ServiceAccount")
                .forEach(account -> findings.check(
                        !account.at("/automountServiceAccountToken").asBoolean(true),
                        account,
                        "mounts its token by default"));
        return findings.all();
    }

    /// Root file systems are read-only; what is mounted writable is named here or mounted by the values.
    static List<String> fileSystems(Rendering rendering) {
        var findings = new Findings();
        Pod.all(rendering).forEach(pod -> pod.containers().forEach(container -> {
            List<String> extra = Pod.isService(pod.owner())
                    ? ServiceValues.of(rendering, pod).path("extraVolumeMounts").findValuesAsText("mountPath")
                    : List.of();
            String subject = pod + " " + container.path("name").asText();
            findings.check(
                    container.at("/securityContext/readOnlyRootFilesystem").asBoolean(),
                    subject,
                    "may write to its root file system");
            container
                    .path("volumeMounts")
                    .forEach(mount -> findings.check(
                            mount.path("readOnly").asBoolean()
                                    || WRITABLE.contains(mount.path("mountPath").asText())
                                    || extra.contains(mount.path("mountPath").asText())
                                    || isFilledByInit(pod, container, mount),
                            subject,
                            "may write to " + mount));
        }));
        return findings.all();
    }

    /// An init container may fill a volume that the service itself only reads.
    private static boolean isFilledByInit(Pod pod, JsonNode container, JsonNode mount) {
        boolean init = pod.spec().path("initContainers").valueStream().anyMatch(container::equals);
        return init
                && pod.container()
                        .path("volumeMounts")
                        .valueStream()
                        .filter(other -> other.path("name").equals(mount.path("name")))
                        .allMatch(other -> other.path("readOnly").asBoolean());
    }

    /// Everything that is pulled has a tag other than `latest`, or a digest.
    static List<String> images(Rendering rendering) {
        var findings = new Findings();
        Pod.all(rendering).forEach(pod -> {
            List<String> images = pod.containers()
                    .map(container -> container.path("image").asText())
                    .collect(Collectors.toList());
            pod.volumes()
                    .filter(volume -> volume.has("image"))
                    .forEach(volume -> images.add(volume.at("/image/reference").asText()));
            images.forEach(image -> findings.check(
                    image.matches(
                            "[a-z0-9.-]+(:[0-9]+)?/[a-z0-9._/-]*[a-z0-9](@sha256:[0-9a-f]{64}|:(?!latest$)[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})"),
                    pod,
                    "pulls \"" + image + "\", which names no registry or no fixed tag"));
        });
        return findings.all();
    }

    /// Limits of devices equal the requests, which their plugins demand; memory has a limit, by which the heap is
    /// sized.
    static List<String> resources(Rendering rendering) {
        var findings = new Findings();
        Pod.services(rendering).forEach(pod -> {
            JsonNode resources = pod.container().path("resources");
            findings.check(resources.path("limits").has("memory"), pod, "has no memory limit for its heap to follow");
            findings.check(resources.path("requests").has("memory"), pod, "has no memory request");
            findings.check(resources.path("requests").has("cpu"), pod, "has no cpu request");
            resources.path("limits").properties().stream()
                    .filter(limit -> limit.getKey().contains("/"))
                    .forEach(limit -> findings.check(
                            resources.path("requests").path(limit.getKey()).equals(limit.getValue()),
                            pod,
                            "limits " + limit + " and requests "
                                    + resources.path("requests").path(limit.getKey())));
            resources.path("requests").properties().stream()
                    .filter(request -> request.getKey().contains("/"))
                    .forEach(request -> findings.check(
                            resources.path("limits").has(request.getKey()),
                            pod,
                            "requests " + request + " without limit"));
        });
        return findings.all();
    }
}
