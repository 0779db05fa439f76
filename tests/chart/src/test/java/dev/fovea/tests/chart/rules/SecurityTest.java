package dev.fovea.tests.chart.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.tests.chart.render.HelmYaml;
import dev.fovea.tests.chart.render.Rendering;
import dev.fovea.tests.chart.render.Renderings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What pods may do. Beside every rule stands a rendering that breaks it.
class SecurityTest {

    private static final Rendering MINIMAL = Renderings.of("minimal");

    @EveryRendering
    void podsMeetTheStandardRestricted(Rendering rendering) {
        assertThat(PodSecurity.violations(rendering)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hostNetwork: true",
                "hostPID: true",
                "hostIPC: true",
                "volumes: [{name: host, hostPath: {path: /}}]",
                "securityContext: {runAsUser: 0, runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}",
                "securityContext: {runAsNonRoot: true, seccompProfile: {type: Unconfined}}",
                "securityContext: {seccompProfile: {type: RuntimeDefault}}",
                "securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault},"
                        + " sysctls: [{name: kernel.msgmax, value: '1'}]}"
            })
    void aPodThatIsNotRestrictedIsSeen(String change) {
        Rendering broken = Pod.changed(MINIMAL, Pod::isService, spec -> spec.setAll(HelmYaml.object(change)));

        assertThat(PodSecurity.violations(broken)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "privileged: true",
                "allowPrivilegeEscalation: true",
                "runAsUser: 0",
                "runAsNonRoot: false",
                "capabilities: {drop: [NET_RAW]}",
                "capabilities: {drop: [ALL], add: [SYS_ADMIN]}",
                "procMount: Unmasked",
                "seccompProfile: {type: Unconfined}"
            })
    void aContainerThatIsNotRestrictedIsSeen(String change) {
        Rendering broken = Pod.serviceContainersChanged(
                MINIMAL, container -> container.withObject("/securityContext").setAll(HelmYaml.object(change)));

        assertThat(PodSecurity.violations(broken)).isNotEmpty();
    }

    @Test
    void aPortOfTheHostIsSeen() {
        Rendering broken = Pod.serviceContainersChanged(
                MINIMAL, container -> ((ObjectNode) container.at("/ports/0")).put("hostPort", 80));

        assertThat(PodSecurity.violations(broken)).isNotEmpty();
    }

    @EveryRendering
    void noPodMountsAToken(Rendering rendering) {
        assertThat(Hardening.tokens(rendering)).isEmpty();
    }

    @Test
    void aMountedTokenIsSeen() {
        Rendering broken = Pod.changed(MINIMAL, Pod::isService, spec -> spec.remove("automountServiceAccountToken"));

        assertThat(Hardening.tokens(broken)).isNotEmpty();
    }

    @EveryRendering
    void containersWriteOnlyWhereItIsDeclared(Rendering rendering) {
        assertThat(Hardening.fileSystems(rendering)).isEmpty();
    }

    @Test
    void aWritableRootIsSeen() {
        Rendering broken = Pod.serviceContainersChanged(
                MINIMAL, container -> container.withObject("/securityContext").put("readOnlyRootFilesystem", false));

        assertThat(Hardening.fileSystems(broken)).isNotEmpty();
    }

    @Test
    void modelsThatTheServiceMayChangeAreSeen() {
        Rendering broken = Pod.serviceContainersChanged(
                MINIMAL, container -> container.withArray("/volumeMounts").forEach(mount -> ((ObjectNode) mount)
                        .remove("readOnly")));

        assertThat(Hardening.fileSystems(broken)).anyMatch(finding -> finding.contains("/models"));
    }

    @EveryRendering
    void imagesHaveARegistryAndAFixedTagOrDigest(Rendering rendering) {
        assertThat(Hardening.images(rendering)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ghcr.io/fovea/x:latest",
                "ghcr.io/fovea/x",
                "fovea:1.0",
                "ghcr.io/fovea/x:",
                "ghcr.io/x@sha256:12"
            })
    void aLooseImageIsSeen(String image) {
        Rendering broken = Pod.serviceContainersChanged(MINIMAL, container -> container.put("image", image));

        assertThat(Hardening.images(broken)).isNotEmpty();
    }

    @EveryRendering
    void memoryIsLimitedAndDevicesAreRequestedAsTheyAreLimited(Rendering rendering) {
        assertThat(Hardening.resources(rendering)).isEmpty();
    }

    @Test
    void aGpuThatIsLimitedAndNotRequestedIsSeen() {
        Rendering broken = Pod.serviceContainersChanged(
                Renderings.of("gpu"),
                container -> container.withObject("/resources/requests").remove("nvidia.com/gpu"));

        assertThat(Hardening.resources(broken)).isNotEmpty();
    }

    @Test
    void memoryWithoutALimitIsSeen() {
        Rendering broken = Pod.serviceContainersChanged(
                MINIMAL, container -> container.withObject("/resources").remove("limits"));

        assertThat(Hardening.resources(broken)).isNotEmpty();
    }
}
