package dev.fovea.tests.chart.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fovea.tests.chart.render.Rendering;
import dev.fovea.tests.support.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Alerts tell whom they wake what to do.
final class Alerts {

    private static final Set<String> SEVERITIES = Set.of("critical", "warning", "info");

    private static final Pattern JOB = Pattern.compile("job=\"([^\"]+)\"");

    private Alerts() {}

    static Stream<JsonNode> rules(Rendering rendering) {
        return rendering
                .of("PrometheusRule")
                .flatMap(document -> document.at("/spec/groups").valueStream())
                .flatMap(group -> group.path("rules").valueStream());
    }

    static List<String> violations(Rendering rendering) {
        var findings = new Findings();
        Set<String> sections = sections();
        rules(rendering).filter(rule -> rule.has("alert")).forEach(rule -> {
            String alert = rule.path("alert").asText();
            JsonNode annotations = rule.path("annotations");
            for (String text : List.of("summary", "description")) {
                findings.check(!annotations.path(text).asText().isBlank(), alert, "has no " + text);
            }
            findings.check(
                    SEVERITIES.contains(rule.at("/labels/severity").asText()),
                    alert,
                    "has no severity of " + SEVERITIES);
            String runbook = annotations.path("runbook_url").asText();
            String anchor = runbook.substring(runbook.indexOf('#') + 1);
            findings.check(
                    runbook.contains("/charts/OPERATIONS.md#") && sections.contains(anchor),
                    alert,
                    "has the runbook \"" + runbook + "\", no section of charts/OPERATIONS.md");
            findings.check(rule.has("for"), alert, "does not say for how long");
            for (String label : List.of("component", "namespace", "job")) {
                findings.check(
                        !rule.at("/labels/" + label).asText().isBlank(),
                        alert,
                        "has no label " + label + ", which an expression may sum away");
            }
        });
        return findings.all();
    }

    /// Every expression asks for metrics of a job that a ServiceMonitor makes.
    static List<String> strangeJobs(Rendering rendering) {
        var findings = new Findings();
        Set<String> jobs = rendering
                .of("ServiceMonitor")
                .flatMap(monitor -> monitor.at("/spec/endpoints").valueStream())
                .flatMap(endpoint -> endpoint.path("relabelings").valueStream())
                .filter(relabeling -> relabeling.path("targetLabel").asText().equals("job"))
                .map(relabeling -> relabeling.path("replacement").asText())
                .collect(Collectors.toSet());
        if (rendering.of("ServiceMonitor").findAny().isPresent()) {
            rules(rendering).filter(rule -> rule.has("alert")).forEach(rule -> {
                Set<String> asked = JOB.matcher(rule.path("expr").asText())
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.toSet());
                findings.check(
                        !asked.isEmpty() && jobs.containsAll(asked),
                        rule.path("alert").asText(),
                        "asks for jobs " + asked + ", but there are " + jobs);
            });
        }
        return findings.all();
    }

    /// Anchors that GitHub gives to the headings of the operator's page.
    private static Set<String> sections() {
        try {
            return Files.readAllLines(Checkout.root().resolve("charts/OPERATIONS.md")).stream()
                    .filter(line -> line.startsWith("#"))
                    .map(line -> line.replaceFirst("#+ ", "")
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\p{N} _-]", "")
                            .replace(' ', '-'))
                    .collect(Collectors.toSet());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
