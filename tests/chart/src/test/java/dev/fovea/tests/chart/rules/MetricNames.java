package dev.fovea.tests.chart.rules;

import dev.fovea.tests.chart.render.Rendering;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The names of metrics in PromQL.
public final class MetricNames {

    /// What names no metric: text, label matchers, ranges, labels of groupings, Grafana's variables.
    private static final Pattern ASIDE =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`|#[^\\n]*"
                    + "|\\$\\{[^}]*}|\\$\\w+|\\[[^]]*]"
                    + "|\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");

    private static final Pattern MATCHERS = Pattern.compile("\\{[^{}]*}");
    private static final Pattern WORD = Pattern.compile("(?<![\\w.:])[a-zA-Z_:][\\w:]*(?!\\s*\\()(?![\\w:])");
    private static final Set<String> KEYWORDS = Set.of(
            "and",
            "or",
            "unless",
            "bool",
            "offset",
            "atan2",
            "start",
            "end",
            "inf",
            "nan",
            "group_left",
            "group_right");

    private MetricNames() {}

    /// @throws IllegalArgumentException if a metric is chosen by `__name__`, which hides its name
    public static Set<String> in(String expression) {
        if (expression.contains("__name__")) {
            throw new IllegalArgumentException("no name can be told of " + expression);
        }
        String plain =
                MATCHERS.matcher(ASIDE.matcher(expression).replaceAll(" ")).replaceAll(" ");
        return WORD.matcher(plain)
                .results()
                .map(MatchResult::group)
                .filter(word -> !KEYWORDS.contains(word.toLowerCase(Locale.ROOT)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Of every alert, recording rule and dashboard that is rendered.
    public static Set<String> in(Rendering rendering) {
        return expressions(rendering)
                .flatMap(expression -> in(expression).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Every PromQL expression that is rendered.
    public static Stream<String> expressions(Rendering rendering) {
        Stream<String> rules =
                Alerts.rules(rendering).map(rule -> rule.path("expr").asText());
        Stream<String> panels = Dashboards.of(rendering).flatMap(Dashboards::expressions);
        return Stream.concat(rules, panels);
    }
}
