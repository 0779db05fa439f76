package dev.fovea.tests.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A real OpenSearch cluster: each node a process of its own, on loopback, with 512 MB of heap, from the distribution
/// that the build unpacks. Works as root and as any other user. Whoever starts it closes it; nodes are killed then, and
/// when the JVM ends.
///
/// One thread at a time may call it.
public final class OpenSearchCluster implements AutoCloseable {

    private static final Duration UP_LIMIT = Duration.ofMinutes(5);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Path home;
    private final Path folder;
    private final Map<String, String> settings;
    private final List<Integer> httpPorts;
    private final List<Integer> transportPorts;
    private final List<Process> nodes = new ArrayList<>();

    private OpenSearchCluster(Path home, Path folder, int nodes, Map<String, String> settings) throws IOException {
        this.home = home;
        this.folder = folder;
        this.settings = Map.copyOf(settings);
        List<Integer> ports = freePorts(2 * nodes);
        this.httpPorts = ports.subList(0, nodes);
        this.transportPorts = ports.subList(nodes, 2 * nodes);
    }

    /// Starts nodes and waits until they are one cluster.
    ///
    /// @param folder empty; receives data, logs and what the nodes print (`console.log` of each)
    /// @param settings of every node, besides those that make them a cluster
    /// @throws IOException if the distribution is not unpacked or the cluster is not there after 5 min
    public static OpenSearchCluster start(Path folder, int nodes, Map<String, String> settings)
            throws IOException, InterruptedException {
        OpenSearchCluster cluster = new OpenSearchCluster(distribution(), folder, nodes, settings);
        for (int node = 0; node < nodes; node++) {
            cluster.nodes.add(cluster.launch(node));
        }
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(cluster::close));
        cluster.awaitNodes(nodes);
        return cluster;
    }

    /// Of all nodes, in order, up or not.
    public List<URI> urls() {
        return httpPorts.stream()
                .map(port -> URI.create("http://127.0.0.1:" + port))
                .toList();
    }

    /// Number of the node that is the elected manager, as a node that is up knows it.
    public int manager() throws IOException, InterruptedException {
        String name = ask("GET", "/_cat/cluster_manager?h=node").strip();
        return Integer.parseInt(name.substring(1));
    }

    /// Kills a node as a power cut would (SIGKILL), and waits until it is gone.
    public void kill(int node) {
        nodes.get(node).destroyForcibly().onExit().join();
    }

    /// Starts a node again that was killed, with its data and ports, without waiting for it.
    public void restart(int node) throws IOException {
        nodes.set(node, launch(node));
    }

    /// Waits until this many nodes are one cluster.
    public void awaitNodes(int count) throws IOException, InterruptedException {
        await("\"number_of_nodes\":" + count + ",", "/_cluster/health");
    }

    /// Waits until every copy of every shard is up.
    public void awaitGreen() throws IOException, InterruptedException {
        await("\"status\":\"green\"", "/_cluster/health");
    }

    /// Asks the first node that answers.
    ///
    /// @return the body, whatever the status
    /// @throws IOException if none answers
    public String ask(String method, String path) throws IOException, InterruptedException {
        IOException last = new IOException("no node is up");
        for (int node = 0; node < nodes.size(); node++) {
            if (nodes.get(node).isAlive()) {
                try {
                    return send(method, urls().get(node).resolve(path));
                } catch (IOException silent) {
                    last = silent;
                }
            }
        }
        throw new IOException("no node answers " + method + " " + path, last);
    }

    @Override
    public void close() {
        nodes.forEach(Process::destroyForcibly);
        nodes.forEach(node -> node.onExit().join());
    }

    private void await(String part, String path) throws IOException, InterruptedException {
        long end = System.nanoTime() + UP_LIMIT.toNanos();
        String last = "nothing";
        while (System.nanoTime() < end) {
            try {
                last = ask("GET", path);
                if (last.contains(part)) {
                    return;
                }
            } catch (IOException notYet) {
                last = notYet.getMessage();
            }
            Thread.sleep(100);
        }
        throw new IOException("OpenSearch does not say " + part + " after " + UP_LIMIT + " but " + last + "; see "
                + folder + "/*/console.log");
    }

    private static String send(String method, URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(5))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static Path distribution() throws IOException {
        Path unpacked = Checkout.root().resolve("tests/support/target/opensearch/opensearch-3.6.0");
        if (!Files.isDirectory(unpacked.resolve("plugins/opensearch-knn"))) {
            throw new IOException(
                    "OpenSearch is not unpacked in " + unpacked + "; run \"mvn generate-resources -pl tests/support\"");
        }
        return unpacked;
    }

    private Process launch(int node) throws IOException {
        Path own = Files.createDirectories(folder.resolve("n" + node));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + own,
                "-cp",
                home + "/lib/*:" + ownClasses(),
                OpenSearchNodeProgram.class.getName(),
                own.resolve("config").toString()));
        settings(node, own).forEach((key, value) -> command.add(key + "=" + value));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        own.resolve("console.log").toFile()))
                .start();
    }

    private Map<String, String> settings(int node, Path own) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("path.home", home.toString());
        all.put("path.data", own.resolve("data").toString());
        all.put("path.logs", own.resolve("logs").toString());
        all.put("cluster.name", "fovea-tests");
        all.put("node.name", "n" + node);
        all.put("network.host", "127.0.0.1");
        all.put("http.port", httpPorts.get(node).toString());
        all.put("transport.port", transportPorts.get(node).toString());
        all.put("cluster.routing.allocation.disk.threshold_enabled", "false");
        all.put(
                "discovery.seed_hosts",
                list(transportPorts.stream().map(port -> "127.0.0.1:" + port).toList()));
        all.put(
                "cluster.initial_cluster_manager_nodes",
                list(IntStream.range(0, httpPorts.size()).mapToObj(n -> "n" + n).toList()));
        return all;
    }

    private static String list(List<String> values) {
        return values.stream().collect(Collectors.joining(","));
    }

    private static Path ownClasses() throws IOException {
        try {
            return Path.of(OpenSearchNodeProgram.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException strange) {
            throw new IOException("no path to the classes of the tests", strange);
        }
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
