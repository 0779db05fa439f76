package dev.fovea.tests.chart.kubelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.tests.chart.render.HelmYaml;
import dev.fovea.tests.chart.render.Rendering;
import dev.fovea.tests.chart.render.Renderings;
import dev.fovea.tests.chart.render.Values;

/// Releases of the chart as the suites here install them.
final class Release {

    private static final int PARTITIONS = 3;

    private Release() {}

    /// Without Kafka, and with what makes a process start quickly.
    private static final String QUICK = """
            defaults:
              javaOptions: ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"]
              log: {json: false}
            tests: {enabled: false}
            """;

    static Rendering withoutKafka(String name, String values) {
        return render(name, Values.merged(HelmYaml.object(QUICK), HelmYaml.object(values)));
    }

    /// With topics of its own on the broker.
    ///
    /// @param name goes before the names of topics and groups
    /// @param values laid over these
    static Rendering withKafka(String name, String bootstrapServers, String values) {
        ObjectNode kafka = HelmYaml.object("""
            kafka:
              enabled: true
              bootstrapServers: %2$s
              partitions: %3$d
              topics:
                images: %1$s.images
                patchDescriptions: %1$s.patch-descriptions
                classifications: %1$s.classifications
                embeddings: %1$s.embeddings
                queries: %1$s.queries
                queryResults: %1$s.query-results
                deadLettersPrefix: %1$s
              groups: {prefix: %1$s}
              strimzi:
                cluster: kafka
                topics: {enabled: true, replicas: 1, minInSyncReplicas: 1}
            """.formatted(name, bootstrapServers, PARTITIONS));
        ObjectNode quick = Values.merged(HelmYaml.object(QUICK), kafka);
        return render(name, Values.merged(quick, HelmYaml.object(values)));
    }

    private static Rendering render(String name, ObjectNode values) {
        return Renderings.renderer().render(name, values, Renderings.VERSIONS.getLast());
    }
}
