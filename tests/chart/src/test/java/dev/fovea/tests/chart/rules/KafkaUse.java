package dev.fovea.tests.chart.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fovea.tests.chart.render.Document;
import java.util.Set;
import java.util.TreeSet;

/// What a service does with Kafka, or what a user may do.
///
/// @param reads topics
/// @param writes topics
/// @param groups that it consumes in
/// @param transactions prefixes of transactional ids, each ending in `-`
/// @param other rights that no service needs, in words
record KafkaUse(
        Set<String> reads, Set<String> writes, Set<String> groups, Set<String> transactions, Set<String> other) {

    private static KafkaUse nothing() {
        return new KafkaUse(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    }

    /// By what the service is configured to do: a transactional id is the group, `-`, and the instance, which is the
    /// pod's name.
    static KafkaUse of(Configuration file) {
        KafkaUse use = nothing();
        if (!file.isOn("fovea.kafka.enabled")) {
            return use;
        }
        boolean transactional = file.value("fovea.kafka.delivery")
                .filter("exactly-once"::equals)
                .isPresent();
        use.reads.add(file.value("fovea.kafka.topics.images").orElseThrow());
        use.writes.add(file.value("fovea.kafka.topics.results").orElseThrow());
        use.writes.add(file.value("fovea.kafka.topics.dead-letters").orElseThrow());
        use.groups.add(file.value("fovea.kafka.group").orElseThrow());
        if (file.isOn("fovea.retrieval.queries.enabled")) {
            use.reads.add(file.value("fovea.retrieval.queries.topic").orElseThrow());
            use.writes.add(file.value("fovea.retrieval.queries.results").orElseThrow());
            use.groups.add(file.value("fovea.retrieval.queries.group").orElseThrow());
        }
        if (transactional) {
            String pods = file.pod().owner().name();
            use.groups.forEach(group -> use.transactions.add(group + "-" + pods + "-"));
        }
        return use;
    }

    /// By the access control list of a `KafkaUser`.
    static KafkaUse of(Document user) {
        KafkaUse use = nothing();
        for (JsonNode rule : user.at("/spec/authorization/acls")) {
            for (JsonNode operation : rule.path("operations")) {
                use.add(rule, operation.asText());
            }
        }
        return use;
    }

    private void add(JsonNode rule, String operation) {
        JsonNode resource = rule.path("resource");
        String name = resource.path("name").asText();
        boolean literal = resource.path("patternType").asText("literal").equals("literal");
        boolean anywhere = rule.path("host").asText("*").equals("*");
        String right = resource.path("type").asText() + " " + operation + (literal && anywhere ? "" : " prefix");
        switch (right) {
            case "topic Read" -> reads.add(name);
            case "topic Write" -> writes.add(name);
            case "group Read" -> groups.add(name);
            case "transactionalId Write prefix" -> transactions.add(name);
            // Read and Write include it.
            case "topic Describe", "group Describe", "transactionalId Describe prefix" -> {}
            default -> other.add(right + " " + name);
        }
    }
}
