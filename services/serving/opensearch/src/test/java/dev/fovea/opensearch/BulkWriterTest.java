package dev.fovea.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.vectorindex.Written;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Before an HTTP server that answers as a test says.
@Timeout(60)
final class BulkWriterTest {

    private static final BulkLimits ONE_LANE = new BulkLimits(1, 1, Duration.ZERO, 1);

    private final Queue<String> received = new ConcurrentLinkedQueue<>();

    // of the next writes; 201 after them
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

    // that the next reads find; 7 after them
    private final Queue<Long> versions = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean broken = new AtomicBoolean();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;
    private Cluster cluster;
    private BulkWriter writer;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        URI node = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        cluster = new Cluster(Servers.at(List.of(node)), this::nanoTime, new Random(1));
        writer = new BulkWriter(
                ONE_LANE, new BulkRequests(cluster, "/images", Duration.ofSeconds(1)), "images", Ticker.system());
    }

    @AfterEach
    void stop() {
        writer.close();
        cluster.close();
        server.stop(0);
        threads.close();
    }

    /// Another process may have written it, whose write the copies do not have yet.
    @Test
    void aVersionThatIsKeptIsUnchangedOnceWhatIsKeptWasWrittenWithAllCopies() throws Exception {
        statuses.add(409);

        Written again = write("a", 7, Duration.ofSeconds(30));

        assertThat(again).isEqualTo(new Written(Written.Outcome.UNCHANGED, 7));
        assertThat(received).hasSize(3);
        assertThat(received.poll()).contains("\"version_type\":\"external\"").doesNotContain("kept");
        assertThat(received.poll()).isEqualTo("{\"ids\":[\"a\"]}");
        assertThat(received.poll())
                .contains("\"version\":7,\"version_type\":\"external_gte\"")
                .endsWith("{\"by\":\"kept\"}\n");
    }

    @Test
    void aNewerVersionIsNotWrittenAgain() throws Exception {
        statuses.add(409);

        assertThat(write("a", 6, Duration.ofSeconds(30))).isEqualTo(new Written(Written.Outcome.STALE, 7));
        assertThat(received).hasSize(2);
    }

    @Test
    void aVersionThatANewerOneReplacesMeanwhileIsStale() throws Exception {
        statuses.addAll(List.of(409, 409));
        versions.addAll(List.of(5L, 7L));

        assertThat(write("a", 5, Duration.ofSeconds(30))).isEqualTo(new Written(Written.Outcome.STALE, 7));
    }

    @Test
    void aWriteThatWasNotAnsweredIsWrittenAgainWhetherItIsKeptOrNot() throws Exception {
        statuses.addAll(List.of(503, 201));

        assertThat(write("a", 7, Duration.ofSeconds(30))).isEqualTo(new Written(Written.Outcome.STORED, 7));
        assertThat(received).hasSize(2);
        assertThat(received.poll()).contains("\"version_type\":\"external\"");
        assertThat(received.poll()).contains("\"version_type\":\"external_gte\"");
    }

    @Test
    void anUnexpectedErrorFailsItsOwnWriteAndNoLaterOne() throws Exception {
        broken.set(true);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> write("a", 7, Duration.ofSeconds(30)))
                .withMessageContaining("\"a\"");

        assertThat(write("b", 1, Duration.ofSeconds(30)).outcome()).isEqualTo(Written.Outcome.STORED);
    }

    private Written write(String id, long version, Duration patience) throws InterruptedException {
        Deadline deadline = Deadline.after(patience, Ticker.system());
        byte[] document = "{}".getBytes(StandardCharsets.UTF_8);
        return writer.write(new PendingWrite(id, version, document, deadline), patience.toNanos());
    }

    private void answer(HttpExchange exchange) throws IOException {
        received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String answer = exchange.getRequestURI().getPath().endsWith("/_mget")
                ? "{\"docs\":[{\"found\":true,\"_version\":" + next(versions, 7L) + ",\"_source\":{\"by\":\"kept\"}}]}"
                : "{\"items\":[{\"index\":{\"status\":" + next(statuses, 201) + "}}]}";
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static <T> T next(Queue<T> script, T otherwise) {
        return Objects.requireNonNullElse(script.poll(), otherwise);
    }

    /// Fails once where a test says so, as a defect would.
    private long nanoTime() {
        if (broken.getAndSet(false)) {
            throw new IllegalStateException("a defect");
        }
        return Ticker.system().nanoTime();
    }
}
