package dev.fovea.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The services while they run. Whoever starts it closes it.
///
/// One thread may call it.
final class Fleet implements AutoCloseable {

    private final List<ServiceProcess> processes = new ArrayList<>();

    private Fleet() {}

    /// What all services have in common.
    ///
    /// @param services folder of their modules
    /// @param shared configuration by property name, the same for all
    record Surroundings(Path services, DataFolder data, Ports ports, Map<String, String> shared) {}

    /// Starts all, without waiting.
    ///
    /// @throws IOException if one cannot be started; those before it are ended
    static Fleet start(List<ServicePlan> plans, Surroundings around) throws IOException {
        Fleet fleet = new Fleet();
        try {
            for (ServicePlan plan : plans) {
                fleet.processes.add(start(plan, around));
            }
        } catch (IOException | RuntimeException failed) {
            fleet.close();
            throw failed;
        }
        return fleet;
    }

    private static ServiceProcess start(ServicePlan plan, Surroundings around) throws IOException {
        Map<String, String> configuration = new HashMap<>(around.shared);
        configuration.putAll(plan.launch().configuration());
        configuration.put("quarkus.grpc.server.host", "localhost");
        configuration.put("quarkus.grpc.server.port", Integer.toString(around.ports.of(plan.grpc())));
        ServiceProcess process = ServiceProcess.start(
                ServicePlan.jar(around.services, plan.name()),
                around.data.logs().resolve(plan.name() + ".log"),
                around.ports.of(plan.http()),
                plan.launch().jvm(),
                configuration);
        Leftover.of(around.data, plan.name()).write(process.pid());
        return process;
    }

    /// Waits until every service says that it is ready.
    ///
    /// @throws IOException if one ends first or takes longer than 90 s, quoting the end of its log
    void awaitReady(StopRequest stop) throws IOException, InterruptedException {
        for (ServiceProcess process : processes) {
            process.awaitReady(stop);
        }
    }

    /// What to say about a service that has ended by itself; empty while all run.
    Optional<String> death() throws IOException {
        for (ServiceProcess process : processes) {
            if (!process.isAlive()) {
                return Optional.of(process.died());
            }
        }
        return Optional.empty();
    }

    /// Asks all to drain and end, then waits for each.
    @Override
    public void close() {
        processes.forEach(ServiceProcess::askToEnd);
        processes.forEach(ServiceProcess::close);
    }
}
