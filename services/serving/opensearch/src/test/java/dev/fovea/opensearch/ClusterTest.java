package dev.fovea.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.Overloaded;
import dev.fovea.inference.failure.Unavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Before HTTP servers that answer what a test wants of them.
final class ClusterTest {

    private static final Call CALL = Call.get("/", Map.of());

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private volatile int status = 200;
    private volatile int refusals;
    private Cluster cluster;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            int now = asked.incrementAndGet() <= refusals ? status : 200;
            byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(now, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        URI nobody = URI.create("http://127.0.0.1:1");
        URI somebody = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        cluster = new Cluster(Servers.at(List.of(nobody, somebody)), Ticker.system(), new Random(1));
    }

    @AfterEach
    void stop() {
        cluster.close();
        server.stop(0);
    }

    @Test
    void passesOverANodeThatIsDown() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(cluster.ask(CALL, after(20)).isGood()).isTrue();
        }
        assertThat(asked).hasValue(4);
    }

    @Test
    void asksAgainWhatWasRefusedForLoad() throws Exception {
        status = 429;
        refusals = 3;

        assertThat(cluster.ask(CALL, after(20)).isGood()).isTrue();
        assertThat(asked).hasValue(4);
    }

    @Test
    void saysWhyAtTheDeadline() {
        refusals = Integer.MAX_VALUE;

        status = 429;
        assertThatExceptionOfType(Overloaded.class).isThrownBy(() -> cluster.ask(CALL, after(2)));
        status = 500;
        assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> cluster.ask(CALL, after(2)));
    }

    @Test
    void doesNotAskAgainWhatWouldBeAnsweredTheSame() throws Exception {
        status = 404;
        refusals = Integer.MAX_VALUE;

        assertThat(cluster.ask(CALL, after(20)).status()).isEqualTo(404);
        assertThat(asked).hasValue(1);
    }

    private static Deadline after(int seconds) {
        return Deadline.after(Duration.ofSeconds(seconds), Ticker.system());
    }
}
