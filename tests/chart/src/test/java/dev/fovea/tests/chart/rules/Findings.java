package dev.fovea.tests.chart.rules;

import java.util.ArrayList;
import java.util.List;

/// What a rule found wrong, one sentence each.
final class Findings {

    private final List<String> sentences = new ArrayList<>();

    /// Notes that `subject` breaks the rule, unless `holds`.
    void check(boolean holds, Object subject, String wrong) {
        if (!holds) {
            sentences.add(subject + " " + wrong);
        }
    }

    List<String> all() {
        return List.copyOf(sentences);
    }
}
