package dev.fovea.tests.chart.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.tests.chart.render.Chart;
import dev.fovea.tests.chart.render.Document;
import dev.fovea.tests.chart.render.HelmYaml;
import dev.fovea.tests.chart.render.Renderings;
import dev.fovea.tests.chart.render.Scenario;
import dev.fovea.tests.chart.render.Values;
import dev.fovea.tests.chart.validate.Validator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The chart as a release, from its installation to its end.
class ReleaseTest {

    private static final Chart CHART = Chart.fovea();
    private static final ObjectNode LONGER_PRE_STOP = HelmYaml.object("defaults: {drain: {preStop: 17}}");

    private ApiServer server;
    private Release release;

    @BeforeEach
    void startServer() throws IOException {
        var validator = new Validator();
        server = new ApiServer(Renderings.VERSIONS.getLast(), validator::problems);
        release = new Release(server);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void livesFromInstallationToUninstallation(Scenario scenario) {
        release.install(CHART, scenario.values());
        Map<String, JsonNode> first = objects();
        assertThat(first.keySet()).containsExactlyInAnyOrderElementsOf(rendered(scenario));

        assertThat(release.test()).isEqualTo("deployed");
        assertThat(release.upgrade(CHART, Values.merged(scenario.values(), LONGER_PRE_STOP)))
                .isEqualTo("2");
        assertThat(workloads(objects())).isNotEmpty().noneMatch(workloads(first)::contains);
        assertThat(release.backTo(1, CHART)).isEqualTo("3");
        assertThat(objects()).containsExactlyInAnyOrderEntriesOf(first);
        assertThat(release.history()).containsExactly("1 superseded", "2 superseded", "3 deployed");

        release.uninstall();
        assertThat(objects().values()).allMatch(ReleaseTest::isData);
        assertThat(server.storage().paths()).hasSameSizeAs(objects().keySet());
    }

    @Test
    void anUpgradeRemovesWhatIsRenderedNoMore() {
        Scenario everything = CHART.scenario("minimal");
        release.install(CHART, everything.values());

        release.upgrade(
                CHART,
                Values.merged(
                        everything.values(),
                        HelmYaml.object("services: {fineGrainedClassification: {enabled: false}}")));

        assertThat(objects().keySet()).isNotEmpty().noneMatch(path -> path.contains("fine-grained-classification"));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void aNewVersionOfTheChartChangesNoFieldThatIsFixed(Scenario scenario) {
        release.install(CHART, scenario.values());
        Chart next = CHART.with("next", "Chart.yaml", CHART.read("Chart.yaml").replace("ersion: 0.", "ersion: 9."));

        release.upgrade(next, Values.merged(scenario.values(), HelmYaml.object("commonLabels: {tier: vision}")));

        assertThat(release.history()).containsExactly("1 superseded", "2 deployed");
        assertThat(objects().values()).allSatisfy(object -> assertThat(
                        object.at("/metadata/labels/app.kubernetes.io~1version").asText())
                .startsWith("9."));
    }

    @Test
    void anotherSizeOfTheIndexIsRefusedAsByACluster() {
        release.install(CHART, CHART.scenario("minimal").values());
        ObjectNode larger = HelmYaml.object("services: {globalRetrieval: {index: {persistence: {size: 99Gi}}}}");

        assertThatThrownBy(() -> release.upgrade(CHART, larger)).hasMessageContaining("volumeClaimTemplates");
    }

    @Test
    void aFieldThatTheServerDoesNotKnowIsRefused() {
        Chart wrong = CHART.with("wrong", "templates/wrong.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: wrong}
                dataa: {key: value}
                """);

        assertThatThrownBy(() -> release.install(wrong, HelmYaml.object("")))
                .hasMessageContaining("dataa")
                .hasMessageContaining("ConfigMap");
        assertThat(release.history()).containsExactly("1 failed");
    }

    static List<Scenario> scenarios() {
        return CHART.scenarios();
    }

    /// Everything but Helm's own records and the pods of tests, without what the server numbers.
    private Map<String, JsonNode> objects() {
        Map<String, JsonNode> objects = new TreeMap<>();
        for (String path : server.storage().paths()) {
            ObjectNode object = server.storage().get(path).orElseThrow();
            boolean record = object.path("type").asText().startsWith("helm.sh/release");
            boolean hook = object.at("/metadata/annotations").has("helm.sh/hook");
            if (!record && !hook) {
                object.withObject("/metadata").remove(List.of("uid", "creationTimestamp", "resourceVersion"));
                objects.put(
                        object.path("kind").asText() + "/"
                                + object.at("/metadata/name").asText(),
                        object);
            }
        }
        return objects;
    }

    /// What outlives a release on purpose: volumes, and topics where Strimzi would delete their records.
    private static boolean isData(JsonNode object) {
        return object.path("kind").asText().matches("PersistentVolumeClaim|KafkaTopic")
                && object.at("/metadata/annotations/helm.sh~1resource-policy")
                        .asText()
                        .equals("keep");
    }

    private static List<String> rendered(Scenario scenario) {
        return Renderings.of(scenario, Renderings.VERSIONS.getLast()).documents().stream()
                .filter(document -> !document.isHook())
                .map(Document::toString)
                .toList();
    }

    private static List<JsonNode> workloads(Map<String, JsonNode> objects) {
        return objects.values().stream()
                .filter(object -> object.path("kind").asText().matches("Deployment|StatefulSet"))
                .toList();
    }
}
