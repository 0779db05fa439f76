package dev.fovea.tests.chart.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.tests.chart.render.Document;
import dev.fovea.tests.chart.render.Rendering;
import dev.fovea.tests.chart.render.Renderings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Alerts and dashboards. Beside every rule stands a rendering that breaks it.
class MonitoringTest {

    private static final Rendering MONITORED = Renderings.of("monitoring");

    @Test
    void thereAreAlerts() {
        assertThat(Alerts.rules(MONITORED)).hasSizeGreaterThanOrEqualTo(5);
    }

    @EveryRendering
    void panelsHaveTitleUnitAndSource(Rendering rendering) {
        assertThat(Dashboards.violations(rendering)).isEmpty();
    }

    @Test
    void thereIsADashboard() {
        assertThat(Dashboards.of(MONITORED)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"unit, other", "title, other", "uid, other", "datasource, other"})
    void aPanelWithoutFieldIsSeen(String field, String other) {
        Rendering broken = MONITORED.changed(document -> isDashboard(document), node -> node.withObject("/data")
                .properties()
                .forEach(file -> file.setValue(
                        node.textNode(file.getValue().asText().replace("\"" + field + "\"", "\"" + other + "\"")))));

        assertThat(Dashboards.violations(broken)).isNotEmpty();
    }

    @Test
    void aDashboardThatIsNoJsonIsRefused() {
        Rendering broken = MONITORED.changed(
                document -> isDashboard(document),
                node -> node.withObject("/data").properties().forEach(file -> file.setValue(node.textNode("{"))));

        assertThatThrownBy(() -> Dashboards.violations(broken)).hasMessageContaining("is no JSON");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "up | up",
                "sum by (pod) (rate(a_total{code!=\"x\", b=~\"{}\"}[5m])) > 0.1 | a_total",
                "histogram_quantile(0.99, sum by (le) (rate(a_seconds_bucket[$__rate_interval]))) | a_seconds_bucket",
                "a{x=\"$service\"} / on (pod) group_left (node) b:c:d unless absent(e offset 5m) | a, b:c:d, e",
                "a > bool 1 and on (pod) (b < 1e3 or b == Inf) | a, b",
                "label_replace(kube_pod_info, \"to\", \"$1\", \"from\", \"(.*)\") | kube_pod_info",
                "max_over_time(a[1h:5m]) @ end() | a"
            })
    void namesOfMetricsAreToldFromAnExpression(String expression, String names) {
        assertThat(String.join(", ", MetricNames.in(expression))).isEqualTo(names);
    }

    @Test
    void aNameThatIsHiddenIsRefused() {
        assertThatThrownBy(() -> MetricNames.in("{__name__=~\"fovea_.*\"}")).hasMessageContaining("__name__");
    }

    @Test
    void alertsAndDashboardsAskForMetricsOfTheServices() {
        assertThat(MetricNames.in(MONITORED))
                .anyMatch(name -> name.startsWith("fovea_"))
                .hasSizeGreaterThan(5);
    }

    private static boolean isDashboard(Document document) {
        return document.at("/data").propertyStream().anyMatch(file -> file.getKey()
                .endsWith(".json"));
    }
}
