package dev.fovea.tests.chart.kubelet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// One running pod. Whoever starts it closes it.
///
/// One thread at a time may call it.
final class Pod implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final int GRPC = 9000;
    private static final int HTTP = 8080;

    private final String name;
    private final ServiceContainer container;
    private final Sandbox sandbox;
    private final Duration gracePeriod;
    private final Path log;
    private final Process process;
    private final long started = System.nanoTime();

    Pod(
            String name,
            ServiceContainer container,
            Sandbox sandbox,
            Duration gracePeriod,
            Path log,
            ProcessBuilder command)
            throws IOException {
        this.name = name;
        this.container = container;
        this.sandbox = sandbox;
        this.gracePeriod = gracePeriod;
        this.log = log;
        this.process =
                command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
    }

    String name() {
        return name;
    }

    int grpcPort() {
        return container.hostPort(GRPC);
    }

    /// Does what a kubelet does until a pod counts as ready: asks the startup probe within its patience, then the
    /// readiness probe, for a while at most.
    ///
    /// @throws AssertionError where the kubelet would have started the container again, quoting its log
    Pod awaitReady(Duration afterStartup) throws IOException, InterruptedException {
        Probe startup = container.probe("startupProbe");
        Duration spent = Duration.ofNanos(System.nanoTime() - started);
        await(startup, startup.patience().minus(spent));
        await(container.probe("readinessProbe"), afterStartup);
        return this;
    }

    /// What a probe says now.
    ///
    /// @param kind `startupProbe`, `readinessProbe` or `livenessProbe`
    boolean probe(String kind) {
        Probe probe = container.probe(kind);
        return probe.succeeds(container.hostPort(probe.port()));
    }

    String metrics() throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + container.hostPort(HTTP) + "/q/metrics");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /// Ends the pod as the kubelet does: preStop, SIGTERM, and no longer than the grace period in all.
    ///
    /// @param atSigterm runs when preStop is over
    /// @return how long it took, preStop included
    /// @throws AssertionError if it had to be killed, quoting its log
    Duration delete(Runnable atSigterm) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Thread.sleep(Duration.ofSeconds(container.preStopSeconds()));
        atSigterm.run();
        process.destroy();
        long left = gracePeriod.toNanos() - (System.nanoTime() - begin);
        if (!process.waitFor(left, TimeUnit.NANOSECONDS)) {
            throw new AssertionError(name + " is there after its grace period of " + gracePeriod + ":\n" + tail());
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    int exitStatus() {
        return process.exitValue();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /// See [Sandbox#strays].
    Set<Path> strays() throws IOException {
        return sandbox.strays();
    }

    private void await(Probe probe, Duration limit) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        int port = container.hostPort(probe.port());
        while (!probe.succeeds(port)) {
            if (!process.isAlive()) {
                throw new AssertionError(name + " ended with status " + process.exitValue() + ":\n" + tail());
            }
            if (System.nanoTime() > end) {
                throw new AssertionError(name + " fails " + probe + " for " + limit + ":\n" + tail());
            }
            Thread.sleep(LOOK);
        }
    }

    private String tail() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    /// Kills it, if it still runs.
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
