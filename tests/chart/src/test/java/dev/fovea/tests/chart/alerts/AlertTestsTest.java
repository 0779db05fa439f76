package dev.fovea.tests.chart.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// No alert is without unit tests, on machines without `promtool` too.
class AlertTestsTest {

    private static final Pattern NAME = Pattern.compile("alertname=\"(\\w+)\"");

    @Test
    void everyAlertHasATestInWhichItFires() {
        assertThat(tested(samples -> !samples.isEmpty())).isEqualTo(alerts());
    }

    @Test
    void everyAlertHasATestInWhichItDoesNotFire() {
        assertThat(tested(JsonNode::isEmpty)).isEqualTo(alerts());
    }

    private static Set<String> alerts() {
        return new TreeSet<>(AlertRules.file(AlertRules.all()).findValuesAsText("alert"));
    }

    private static Set<String> tested(Predicate<JsonNode> samples) {
        return PromtoolIT.TESTS.stream()
                .flatMap(file -> AlertRules.tests(file).path("tests").valueStream())
                .flatMap(test -> test.path("promql_expr_test").valueStream())
                .filter(asked -> samples.test(asked.path("exp_samples")))
                .map(asked -> NAME.matcher(asked.path("expr").asText()))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
