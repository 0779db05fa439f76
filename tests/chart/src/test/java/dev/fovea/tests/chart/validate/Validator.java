package dev.fovea.tests.chart.validate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// Refuses what the API server of a cluster with Strimzi, KEDA and the Prometheus operator would refuse or drop. A kind
/// that nothing here knows is refused.
public final class Validator {

    private final List<KindsOf> families =
            List.of(new BuiltInKinds(), new StrimziKinds(), new PrometheusKinds(), new KedaKinds());

    /// Kinds of one origin, and how they are checked.
    interface KindsOf {

        boolean knows(String apiVersion, String kind);

        /// One sentence for each problem.
        List<String> problems(JsonNode document);
    }

    /// One sentence for each problem, each with the place in the document; empty if there is none.
    public List<String> problems(JsonNode document) {
        String apiVersion = document.path("apiVersion").asText();
        String kind = document.path("kind").asText();
        List<String> problems = new ArrayList<>(Metadata.problems(document));
        families.stream()
                .filter(family -> family.knows(apiVersion, kind))
                .findFirst()
                .ifPresentOrElse(
                        family -> problems.addAll(family.problems(document)),
                        () -> problems.add("apiVersion \"" + apiVersion + "\", kind \"" + kind + "\" is not known"));
        return problems;
    }
}
