package dev.fovea.local.broker;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// A running broker process. Whoever starts it closes it; its data stays in the folder. It does not take a
/// terminal's Ctrl-C, and ends by itself when the process that started it is gone.
///
/// One thread at a time may call it.
public final class BrokerProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final int port;
    private final int controllerPort;
    private final Path folder;
    private final List<String> overrides;
    private Process process;

    private BrokerProcess(int port, int controllerPort, Path folder, List<String> overrides) throws IOException {
        this.port = port;
        this.controllerPort = controllerPort;
        this.folder = folder;
        this.overrides = List.copyOf(overrides);
        this.process = launch();
    }

    /// Starts a broker on free ports and waits until it accepts connections.
    ///
    /// @param folder receives `data/` and `broker.log`
    /// @param overrides Kafka properties as `key=value`, the JVM's as `-Dkey=value`
    /// @throws IOException if it does not start, quoting the end of its log
    public static BrokerProcess start(Path folder, String... overrides) throws IOException {
        return startOn(freePort(), folder, overrides);
    }

    /// As [#start], on a given port.
    public static BrokerProcess startOn(int port, Path folder, String... overrides) throws IOException {
        return new BrokerProcess(port, freePort(), folder, List.of(overrides));
    }

    public String bootstrapServers() {
        return "localhost:" + port;
    }

    /// Kills the process as a power cut would (SIGKILL).
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /// Starts again on the same ports and data after [#kill] or [#stop].
    public void restart() throws IOException {
        process = launch();
    }

    /// Stops the broker in good order; kills it if it takes longer than 30 s.
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException interrupted) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }

    private Process launch() throws IOException {
        Files.createDirectories(folder);
        Path log = folder.resolve("broker.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                classPath(),
                BrokerProgram.class.getName(),
                Integer.toString(port),
                Integer.toString(controllerPort),
                folder.resolve("data").toString()));
        command.addAll(overrides);
        Process started = new ProcessBuilder(Sheltered.fromTerminal(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        awaitListening(started, log);
        return started;
    }

    /// Where this class came from: a program that Maven runs inside itself has a class loader of its own, and
    /// `java.class.path` is then Maven's.
    private static String classPath() {
        if (BrokerProgram.class.getClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs())
                    .map(url -> Path.of(URI.create(url.toString())).toString())
                    .collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }

    private void awaitListening(Process started, Path log) throws IOException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < end) {
            if (!started.isAlive()) {
                throw new IOException(
                        "the broker ended at once with status " + started.exitValue() + ":\n" + tail(log));
            }
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
                return;
            } catch (IOException notYet) {
                pause();
            }
        }
        started.destroyForcibly();
        throw new IOException(
                "the broker did not listen on port " + port + " within " + START_LIMIT + ":\n" + tail(log));
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(50);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the broker was starting", interrupted);
        }
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
