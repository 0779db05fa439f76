package dev.fovea.tests.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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

/// A service as its users run it: the built application in a JVM of its own. Whoever starts it closes it.
///
/// One thread at a time may call it.
public final class ServiceProcess implements AutoCloseable {

    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Path jar;
    private final Path log;
    private final int grpcPort;
    private final int httpPort;
    private final Map<String, String> configuration;
    private final List<String> jvmOptions;
    private final List<String> arguments;
    private Process process;

    private ServiceProcess(
            String service,
            Path log,
            Map<String, String> configuration,
            List<String> jvmOptions,
            List<String> arguments)
            throws IOException {
        this.jar = Checkout.root().resolve("services/" + service + "/target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new IOException("the service is not built: " + jar + " is missing");
        }
        this.log = log;
        this.grpcPort = freePort();
        this.httpPort = freePort();
        this.configuration = Map.copyOf(configuration);
        this.jvmOptions = List.copyOf(jvmOptions);
        this.arguments = List.copyOf(arguments);
        this.process = launch();
    }

    /// Starts a service on free ports, without waiting for it.
    ///
    /// @param service folder under `services/`, for example `patch-description`
    /// @param log file that receives its output, appended
    public static ServiceProcess launch(
            String service, Path log, Map<String, String> configuration, String... jvmOptions) throws IOException {
        return new ServiceProcess(service, log, configuration, List.of(jvmOptions), List.of());
    }

    /// Starts a service on free ports and waits until it is ready.
    public static ServiceProcess start(
            String service, Path log, Map<String, String> configuration, String... jvmOptions)
            throws IOException, InterruptedException {
        ServiceProcess started = launch(service, log, configuration, jvmOptions);
        started.awaitReady();
        return started;
    }

    /// Runs a service's program to its end.
    ///
    /// @param arguments of the program
    /// @return its exit status
    /// @throws IOException if it has not ended within 90 s; it is then killed
    public static int run(String service, Path log, Map<String, String> configuration, String... arguments)
            throws IOException, InterruptedException {
        try (var started = new ServiceProcess(service, log, configuration, List.of(), List.of(arguments))) {
            if (!started.process.waitFor(READY_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException(service + " did not end within " + READY_LIMIT + ":\n" + started.tail());
            }
            return started.process.exitValue();
        }
    }

    /// Starts a service that must refuse to start.
    ///
    /// @return all that it said
    /// @throws IOException if it ends with another status than 2, or not within 90 s
    public static String refusal(String service, Path log, Map<String, String> configuration)
            throws IOException, InterruptedException {
        int status = run(service, log, configuration);
        String said = Files.readString(log);
        if (status != 2) {
            throw new IOException(service + " ended with status " + status + ", not 2:\n" + said);
        }
        return said;
    }

    public int grpcPort() {
        return grpcPort;
    }

    public int httpPort() {
        return httpPort;
    }

    public Process process() {
        return process;
    }

    /// Waits until readiness is up.
    ///
    /// @throws IOException if the process ends first or is not ready within 90 s, quoting the end of its log
    public void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + READY_LIMIT.toNanos();
        while (System.nanoTime() < end) {
            if (!process.isAlive()) {
                throw new IOException("the service ended with status " + process.exitValue() + ":\n" + tail());
            }
            if (status("/q/health/ready") == 200) {
                return;
            }
            Thread.sleep(100);
        }
        throw new IOException("the service is not ready after " + READY_LIMIT + ":\n" + tail());
    }

    /// HTTP status of a path on the health port; 0 if nobody answers.
    public int status(String path) throws InterruptedException {
        try {
            return get(path).statusCode();
        } catch (IOException nobodyThere) {
            return 0;
        }
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + httpPort + path);
        return HTTP.send(
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /// Kills the process as a power cut would (SIGKILL).
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /// Asks the process to end (SIGTERM) and waits for it.
    ///
    /// @return its exit status
    /// @throws IOException if it is still there after 40 s; it is then killed
    public int terminate() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            kill();
            throw new IOException("the service did not end within " + STOP_LIMIT + " of SIGTERM:\n" + tail());
        }
        return process.exitValue();
    }

    /// Starts it again with the same ports and configuration, without waiting for it.
    public void relaunch() throws IOException {
        process = launch();
    }

    /// Resident memory now, bytes.
    public long residentBytes() throws IOException {
        return memory("VmRSS");
    }

    /// The most resident memory it ever had, bytes.
    public long peakResidentBytes() throws IOException {
        return memory("VmHWM");
    }

    private long memory(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow(() -> new IOException("no " + field + " for process " + process.pid()));
    }

    /// The last lines of the log.
    public String tail() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    @Override
    public void close() {
        kill();
    }

    private Process launch() throws IOException {
        Map<String, String> all = new TreeMap<>(configuration);
        all.put("quarkus.grpc.server.port", Integer.toString(grpcPort));
        all.put("quarkus.http.port", Integer.toString(httpPort));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        all.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(started::destroyForcibly));
        return started;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
