package dev.fovea.tests.chart.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.tests.chart.render.Document;
import dev.fovea.tests.chart.render.Rendering;
import dev.fovea.tests.chart.render.Renderings;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Alerts and their runbooks. Beside the rule stand renderings that break it.
class AlertsTest {

    private static final Rendering MONITORED = Renderings.of("monitoring");

    @EveryRendering
    void alertsSayWhatToDo(Rendering rendering) {
        assertThat(Alerts.violations(rendering)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"summary", "description", "runbook_url"})
    void anAlertWithoutAnnotationIsSeen(String annotation) {
        Rendering broken = MONITORED.changed(
                kind("PrometheusRule"),
                node -> ((ObjectNode) node.at("/spec/groups/0/rules").findValue("annotations")).remove(annotation));

        assertThat(Alerts.violations(broken)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"component", "namespace", "job"})
    void anAlertThatDoesNotSayWhoseItIsIsSeen(String label) {
        Rendering broken = MONITORED.changed(
                kind("PrometheusRule"), node -> ((ObjectNode) node.at("/spec/groups/0/rules/0/labels")).remove(label));

        assertThat(Alerts.violations(broken)).isNotEmpty();
    }

    @EveryRendering
    void alertsAskForTheJobsThatAreScraped(Rendering rendering) {
        assertThat(Alerts.strangeJobs(rendering)).isEmpty();
    }

    @Test
    void anAlertOfAJobThatNobodyScrapesIsSeen() {
        Rendering broken = MONITORED.changed(
                kind("ServiceMonitor"),
                node -> ((ObjectNode) node.at("/spec/endpoints/0/relabelings/0")).put("replacement", "other"));

        assertThat(Alerts.strangeJobs(broken)).isNotEmpty();
    }

    @Test
    void aRunbookThatIsNotWrittenIsSeen() {
        Rendering broken = MONITORED.changed(kind("PrometheusRule"), node -> node.findParents("runbook_url")
                .forEach(annotations -> ((ObjectNode) annotations)
                        .put("runbook_url", "https://example.com/charts/OPERATIONS.md#nothing-of-this-name")));

        assertThat(Alerts.violations(broken)).isNotEmpty();
    }

    private static Predicate<Document> kind(String kind) {
        return document -> document.kind().equals(kind);
    }
}
