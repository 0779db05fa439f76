package dev.fovea.local;

import dev.fovea.local.broker.Sheltered;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// A service in a JVM of its own, as it is deployed. Whoever starts it closes it.
///
/// One thread at a time may call it.
final class ServiceProcess implements AutoCloseable {

    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(35);
    private static final int TAIL_LINES = 30;

    private final Process process;
    private final Path log;
    private final int httpPort;

    private ServiceProcess(Process process, Path log, int httpPort) {
        this.process = process;
        this.log = log;
        this.httpPort = httpPort;
    }

    /// Starts it, without waiting.
    ///
    /// @param jar the built application's `quarkus-run.jar`
    /// @param jvm options of the Java virtual machine
    /// @param configuration by property name
    static ServiceProcess start(Path jar, Path log, int httpPort, List<String> jvm, Map<String, String> configuration)
            throws IOException {
        Map<String, String> all = new TreeMap<>(configuration);
        all.put("quarkus.http.host", "localhost");
        all.put("quarkus.http.port", Integer.toString(httpPort));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        all.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", jar.toString()));
        Process process = new ProcessBuilder(Sheltered.fromTerminal(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new ServiceProcess(process, log, httpPort);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Waits until the service says that it is ready.
    ///
    /// @throws IOException if it ends first or takes longer than 90 s, quoting the end of its log
    void awaitReady(StopRequest stop) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            long end = System.nanoTime() + READY_LIMIT.toNanos();
            while (!isReady(http)) {
                stop.check();
                if (!process.isAlive()) {
                    throw new IOException(died());
                }
                if (System.nanoTime() > end) {
                    throw new IOException("the service is not ready after " + READY_LIMIT.toSeconds()
                            + " s; the end of " + log + ":\n" + tail());
                }
                Thread.sleep(100);
            }
        }
    }

    /// What to say when it is no longer alive.
    String died() throws IOException {
        return "the service ended by itself with status " + process.exitValue() + "; the end of " + log + ":\n"
                + tail();
    }

    /// Asks it to drain and end, without waiting.
    void askToEnd() {
        process.destroy();
    }

    /// Asks it to drain and end; kills it if that takes longer than 35 s.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException impatient) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private boolean isReady(HttpClient http) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + httpPort + "/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private String tail() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }
}
