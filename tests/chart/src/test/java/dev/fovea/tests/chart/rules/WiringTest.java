package dev.fovea.tests.chart.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.tests.chart.render.Document;
import dev.fovea.tests.chart.render.Rendering;
import dev.fovea.tests.chart.render.Renderings;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What refers to what. Beside every rule stands a rendering that breaks it.
class WiringTest {

    private static final Rendering MINIMAL = Renderings.of("minimal");

    @EveryRendering
    void selectorsFindTheLabelsOfOneWorkload(Rendering rendering) {
        assertThat(Wiring.selectors(rendering)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Service", "NetworkPolicy", "PodDisruptionBudget", "Deployment"})
    void aSelectorThatFindsOtherPodsIsSeen(String kind) {
        Rendering strange = MINIMAL.changed(
                kind(kind), node -> ((ObjectNode) Wiring.selector(new Document(node))).put("app", "other"));
        Rendering greedy = MINIMAL.changed(kind(kind), node -> ((ObjectNode) Wiring.selector(new Document(node)))
                .remove("app.kubernetes.io/component"));

        assertThat(Wiring.selectors(strange)).isNotEmpty();
        assertThat(Wiring.selectors(greedy)).isNotEmpty();
    }

    @EveryRendering
    void targetPortsAreNamesOfThePods(Rendering rendering) {
        assertThat(Wiring.servedPorts(rendering)).isEmpty();
    }

    @Test
    void aTargetPortWithoutContainerPortIsSeen() {
        Rendering broken = Pod.serviceContainersChanged(
                MINIMAL, container -> ((ObjectNode) container.at("/ports/0")).put("name", "rpc"));

        assertThat(Wiring.servedPorts(broken)).isNotEmpty();
    }

    @EveryRendering
    void onlyCallsLeaveTheCluster(Rendering rendering) {
        assertThat(Wiring.callsOnly(rendering)).isEmpty();
    }

    @Test
    void aServiceThatCarriesMetricsOutIsSeen() {
        Rendering open = MINIMAL.changed(kind("Service"), node -> ((ObjectNode) node.at("/spec")).remove("clusterIP"));

        assertThat(Wiring.callsOnly(open)).isNotEmpty();
    }

    @EveryRendering
    void everyPodIsScrapedOnce(Rendering rendering) {
        assertThat(Wiring.scrapedOnce(rendering)).isEmpty();
    }

    @Test
    void aPodThatIsScrapedTwiceOrNeverIsSeen() {
        Rendering monitored = Renderings.of("monitoring");
        Rendering never = monitored.changed(
                kind("ServiceMonitor"), node -> ((ObjectNode) node.at("/spec/endpoints/0")).put("port", "grpc-health"));
        Rendering twice = new Rendering(
                "twice",
                monitored.kubernetes(),
                monitored.values(),
                Stream.concat(monitored.documents().stream(), monitored.of("ServiceMonitor"))
                        .toList());

        assertThat(Wiring.scrapedOnce(never)).isNotEmpty();
        assertThat(Wiring.scrapedOnce(twice)).isNotEmpty();
    }

    @EveryRendering
    void probesAskGrpcHealthOnThePlaintextPort(Rendering rendering) {
        assertThat(Wiring.probes(rendering)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"startupProbe", "readinessProbe", "livenessProbe"})
    void aProbeThatAsksElsewhereIsSeen(String probe) {
        Rendering missing = Pod.serviceContainersChanged(MINIMAL, container -> container.remove(probe));
        Rendering tls = Pod.serviceContainersChanged(
                MINIMAL,
                container -> container.withObject("/" + probe + "/grpc").put("port", 9000));
        Rendering unnamed = Pod.serviceContainersChanged(
                MINIMAL,
                container -> container.withObject("/" + probe + "/grpc").remove("service"));

        assertThat(Wiring.probes(missing)).isNotEmpty();
        assertThat(Wiring.probes(tls)).isNotEmpty();
        assertThat(Wiring.probes(unnamed)).isNotEmpty();
    }

    @EveryRendering
    void whatIsReferredToIsRenderedOrDeclaredInTheValues(Rendering rendering) {
        assertThat(References.violations(rendering)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ConfigMap", "ServiceAccount", "Deployment"})
    void aReferenceToNothingIsSeen(String missing) {
        assertThat(References.violations(Renderings.of("keda").without(kind(missing))))
                .isNotEmpty();
    }

    @Test
    void aTextThatAScalerDoesNotFindIsSeen() {
        Rendering broken = Renderings.of("kafka-oauth")
                .changed(document -> document.name().endsWith("-keda"), node -> node.withObject("/data")
                        .removeAll());

        assertThat(References.violations(broken)).isNotEmpty();
    }

    @Test
    void aSecretThatNobodyDeclaresIsSeen() {
        Rendering broken =
                Pod.changed(Renderings.of("kafka-tls"), Pod::isService, spec -> spec.findParents("secretName")
                        .forEach(secret -> ((ObjectNode) secret).put("secretName", "forgotten")));

        assertThat(References.violations(broken)).anyMatch(finding -> finding.contains("forgotten"));
    }

    @Test
    void aClaimThatIsNotRenderedIsSeen() {
        assertThat(References.violations(Renderings.of("pvc").without(kind("PersistentVolumeClaim"))))
                .isNotEmpty();
    }

    @Test
    void aMountWithoutVolumeIsSeen() {
        Rendering broken = Pod.changed(MINIMAL, Pod::isService, spec -> spec.remove("volumes"));

        assertThat(References.violations(broken)).isNotEmpty();
    }

    private static Predicate<Document> kind(String kind) {
        return document -> document.kind().equals(kind);
    }
}
