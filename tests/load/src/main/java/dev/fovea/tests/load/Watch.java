package dev.fovea.tests.load;

import dev.fovea.tests.support.ServiceProcess;
import java.io.IOException;
import java.time.Duration;

/// Looks at a running service from outside.
final class Watch {

    private Watch() {}

    /// Processor time that the service has used so far, seconds.
    static double cpuSeconds(ServiceProcess service) {
        return service.process()
                        .toHandle()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                / 1e9;
    }

    /// Processor time that this process has used so far, seconds.
    static double ownCpuSeconds() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                / 1e9;
    }

    /// Sum of a metric's values over all label sets, by its Prometheus name; 0 if it is absent.
    static double metric(ServiceProcess service, String name) throws IOException, InterruptedException {
        return service.get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
