package dev.fovea.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.InferenceFailure;
import dev.fovea.vectorindex.Written;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Before an HTTP server that stores what it is sent, or leaves the first requests without an answer.
@Timeout(60)
final class BulkWriterTest {

    private static final BulkLimits ONE_LANE = new BulkLimits(1, 1, Duration.ZERO, 1);

    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger silent = new AtomicInteger();
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
        ended.countDown();
        writer.close();
        cluster.close();
        server.stop(0);
        threads.close();
    }

    @Test
    void aWriteWhoseCallerGaveUpIsWrittenAgainRatherThanFoundToBeKept() throws Exception {
        silent.set(1);
        assertThatExceptionOfType(InferenceFailure.class).isThrownBy(() -> write("a", 7, Duration.ofMillis(300)));

        Written again = write("a", 7, Duration.ofSeconds(30));

        assertThat(again).isEqualTo(new Written(Written.Outcome.STORED, 7));
        assertThat(received).hasSize(2);
        assertThat(received.poll()).contains("\"version_type\":\"external\"");
        assertThat(received.poll()).contains("\"version_type\":\"external_gte\"");
    }

    @Test
    void aWriteThatWasAnsweredIsNotWrittenAgain() throws Exception {
        write("a", 7, Duration.ofSeconds(30));
        write("a", 7, Duration.ofSeconds(30));

        assertThat(received).hasSize(2).allSatisfy(body -> assertThat(body).doesNotContain("external_gte"));
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
        if (silent.getAndDecrement() > 0) {
            awaitEnd();
        }
        byte[] body = "{\"items\":[{\"index\":{\"status\":201}}]}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /// Fails once where a test says so, as a defect would.
    private long nanoTime() {
        if (broken.getAndSet(false)) {
            throw new IllegalStateException("a defect");
        }
        return Ticker.system().nanoTime();
    }
}
