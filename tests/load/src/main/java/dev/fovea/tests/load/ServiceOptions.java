package dev.fovea.tests.load;

import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelVersion;
import dev.fovea.tests.support.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/// How the service under load is run.
final class ServiceOptions {

    private static final String SERVICE = "patch-description";

    @Option(names = "--threads", defaultValue = "2", description = "of the model's session, default: ${DEFAULT-VALUE}")
    private int threads;

    @Option(names = "--batch", defaultValue = "64", description = "largest batch, rows, default: ${DEFAULT-VALUE}")
    private int batch;

    @Option(
            names = "--java-option",
            description = "for the service's JVM, may be repeated; default: -Xmx512m",
            arity = "1")
    private List<String> javaOptions = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "further configuration of the service, may be repeated")
    private Map<String, String> settings = new HashMap<>();

    int threads() {
        return threads;
    }

    int batch() {
        return batch;
    }

    /// Writes the model that [#start] serves.
    ModelVersion writeModel(Path folder) throws IOException {
        return SiftNetModel.write(folder.resolve("models"), ElementType.UINT8, buckets());
    }

    /// Starts the service and waits until it is ready; the caller closes it.
    ServiceProcess start(Path folder, Map<String, String> more) throws IOException, InterruptedException {
        ServiceProcess service = launch(folder, more);
        service.awaitReady();
        return service;
    }

    ServiceProcess launch(Path folder, Map<String, String> more) throws IOException {
        Map<String, String> configuration = new HashMap<>(more);
        configuration.put("fovea.models.repository", folder.resolve("models").toString());
        configuration.put("fovea.execution.cpu.threads", Integer.toString(threads));
        configuration.put("fovea.batching.max-batch", Integer.toString(batch));
        configuration.putAll(settings);
        String[] options = javaOptions.isEmpty() ? new String[] {"-Xmx512m"} : javaOptions.toArray(new String[0]);
        return ServiceProcess.launch(SERVICE, folder.resolve("service.log"), configuration, options);
    }

    void describe(Report report) {
        report.setting("model", "siftnet, 32 x 32, UINT8")
                .setting("session threads", threads)
                .setting("largest batch", batch)
                .setting("service JVM", javaOptions.isEmpty() ? "-Xmx512m" : String.join(" ", javaOptions))
                .setting("service settings", settings);
    }

    /// Powers of two up to the largest batch.
    private List<Integer> buckets() {
        List<Integer> buckets = new ArrayList<>();
        for (int bucket = 1; bucket < batch; bucket *= 2) {
            buckets.add(bucket);
        }
        buckets.add(batch);
        return buckets;
    }
}
