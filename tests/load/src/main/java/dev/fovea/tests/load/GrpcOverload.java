package dev.fovea.tests.load;

import dev.fovea.tests.support.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What the gRPC entrance does at several times its capacity.
@Command(
        name = "GrpcOverload",
        mixinStandardHelpOptions = true,
        description = "Finds the peak throughput, then offers several times as much: how early it refuses, how much it"
                + " still answers, and what becomes of its memory.")
final class GrpcOverload implements Callable<Integer> {

    @Option(names = "--times", defaultValue = "5", description = "the capacity, default: ${DEFAULT-VALUE}")
    private double times;

    @Option(names = "--deadline-ms", defaultValue = "10000", description = "of each call, default: ${DEFAULT-VALUE}")
    private long deadlineMillis;

    @Mixin
    private LoadOptions load = new LoadOptions();

    @Mixin
    private ServiceOptions service = new ServiceOptions();

    @Mixin
    private ReportOptions output = new ReportOptions();

    public static void main(String[] args) {
        System.exit(new CommandLine(new GrpcOverload()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        try (var folder = WorkFolder.create("grpc-overload")) {
            measure(folder.path()).publish(System.out, output.json(), Machine.here());
        }
        return 0;
    }

    private Report measure(Path folder) throws Exception {
        service.writeModel(folder);
        Call<?, ?> call = load.call();
        var report = new Report(
                "gRPC overload",
                "Peak: closed loop. Overload: open loop. Answers that come after their deadline count as failures."
                        + " Client and service share the processors, so the client's own work lowers goodput.");
        load.describe(report, call);
        service.describe(report);
        report.setting("times capacity", times).setting("deadline ms", deadlineMillis);
        try (ServiceProcess process = service.start(folder, Map.of());
                GrpcDriver driver = load.driver(process.grpcPort())) {
            double peak = load.saturate(driver, call).answers() / load.seconds();
            long before = process.residentBytes();
            var highest = new Highest(process);
            Outcome overloaded = driver.openLoop(call, times * peak, load.warmUp(), load.seconds(), deadlineMillis);
            long most = highest.stop();
            double goodput = overloaded.answers() / load.seconds();
            report.result("peak calls/s", peak)
                    .result("offered calls/s", times * peak)
                    .result("goodput calls/s", goodput)
                    .result("goodput over peak (goal 0.9)", goodput / peak)
                    .result("failures by status", overloaded.failures())
                    .result("refusal p50 ms", overloaded.refusalMillis(0.5))
                    .result("refusal p99 ms", overloaded.refusalMillis(0.99))
                    .result("answer p50 ms", overloaded.latencyMillis(0.5))
                    .result("answer p99 ms", overloaded.latencyMillis(0.99))
                    .result("resident MiB before", (before >> 20))
                    .result("resident MiB at most", (most >> 20));
        }
        return report;
    }

    /// Samples resident memory ten times a second on a thread of its own.
    static final class Highest {

        private final AtomicBoolean stopped = new AtomicBoolean();
        private final CompletableFuture<Long> most = new CompletableFuture<>();

        Highest(ServiceProcess process) {
            Thread.ofPlatform().daemon().name("resident-memory").start(() -> watch(process));
        }

        private void watch(ServiceProcess process) {
            long highest = 0;
            try {
                while (!stopped.get()) {
                    highest = Math.max(highest, process.residentBytes());
                    Thread.sleep(100);
                }
                most.complete(highest);
            } catch (IOException | InterruptedException lost) {
                most.completeExceptionally(lost);
            }
        }

        /// @return the highest seen, bytes
        long stop() {
            stopped.set(true);
            return most.join();
        }
    }
}
