package dev.fovea.imaging.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.SourceUnavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A real client against a real server on loopback, which the policy has to list; names come from the test.
class HttpReferencesTest {

    private static final AddressRange LOOPBACK = AddressRange.parse("127.0.0.1");
    private static final byte[] FILE = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

    private final Map<String, List<String>> addresses = Map.of(
            "images.example.com", List.of("127.0.0.1"),
            "inside.example.com", List.of("10.0.0.7"),
            "mixed.example.com", List.of("127.0.0.1", "169.254.169.254"));
    private final AtomicInteger lookups = new AtomicInteger();
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/file", exchange -> respond(exchange, 200, FILE.length));
        server.createContext("/unsized", exchange -> respond(exchange, 200, 0));
        server.createContext("/status/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            respond(exchange, Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)), FILE.length);
        });
        server.createContext(
                "/to", exchange -> redirect(exchange, exchange.getRequestURI().getQuery()));
        server.createContext("/loop", exchange -> redirect(exchange, "/loop"));
        server.createContext("/stuck", this::stall);
        server.start();
    }

    @AfterEach
    void stop() {
        stuck.countDown();
        server.stop(0);
        threads.close();
    }

    @Test
    void fetchesAFileFromAListedHost() {
        assertThat(fetch("images.example.com", "/file").array()).isEqualTo(FILE);
    }

    @Test
    void followsARedirect() {
        assertThat(fetch("images.example.com", "/to?/file").array()).isEqualTo(FILE);
    }

    @Test
    void refusesAHostThatIsNotListed() {
        assertNotAllowed("evil.test", "/file", "host evil.test is not among the hosts");
        assertThat(lookups).hasValue(0);
    }

    @Test
    void refusesASchemeThatIsNotListed() {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> fetch(URI.create("ftp://images.example.com/file")))
                .withMessage("references with scheme ftp are not allowed; configuration allows: http");
    }

    @Test
    void refusesAHostWithAnAddressWithin() {
        assertNotAllowed("inside.example.com", "/file", "has an address that is not public");
    }

    @Test
    void refusesAHostOfWhichOneAddressIsForbidden() {
        assertNotAllowed("mixed.example.com", "/file", "has an address that is not public");
    }

    @Test
    void refusesALiteralAddressThatIsNotListed() {
        assertNotAllowed("169.254.169.254", "/latest/meta-data", "is not among the hosts");
    }

    @ParameterizedTest
    @CsvSource({
        "http://inside.example.com/file, has an address that is not public",
        "http://evil.test/file, is not among the hosts",
        "file:///etc/passwd, references with scheme file are not allowed",
        "gopher://images.example.com/, references with scheme gopher are not allowed"
    })
    void checksARedirectLikeTheReference(String target, String why) {
        assertNotAllowed("images.example.com", "/to?" + target, why);
    }

    @Test
    void stopsAfterTheRedirectsAllowed() {
        assertNotAllowed("images.example.com", "/loop", "redirects more than 3 times");
    }

    @Test
    void connectsToTheAddressThatWasCheckedThoughTheNameChanges() {
        // DNS rebinding: the first answer is harmless, every later one is not.
        AddressResolver rebinding = host -> List.of(
                lookups.getAndIncrement() == 0
                        ? InetAddress.ofLiteral("127.0.0.1")
                        : InetAddress.ofLiteral("169.254.169.254"));
        try (ReferenceFetcher fetcher = new ReferenceFetcher(policy(100), rebinding, Ticker.system())) {
            assertThat(fetcher.fetch(uri("images.example.com", "/file")).array())
                    .isEqualTo(FILE);
            assertThat(lookups).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/file", "/unsized"})
    void refusesMoreBytesThanTheLimit(String path) {
        try (ReferenceFetcher fetcher = new ReferenceFetcher(policy(9), this::resolve, Ticker.system())) {
            assertThatExceptionOfType(InvalidInput.class)
                    .isThrownBy(() -> fetcher.fetch(uri("images.example.com", path)))
                    .withMessageContaining("above 9 bytes")
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo("REFERENCE_TOO_LARGE"));
        }
    }

    @ParameterizedTest
    @CsvSource({"404,REFERENCE_NOT_FOUND", "410,REFERENCE_NOT_FOUND", "403,REFERENCE_REFUSED"})
    void givesUpForGoodOn(int status, String code) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> fetch("images.example.com", "/status/" + status))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void mayBeTriedAgainAfter(int status) {
        assertThatExceptionOfType(SourceUnavailable.class)
                .isThrownBy(() -> fetch("images.example.com", "/status/" + status));
    }

    @Test
    void mayBeTriedAgainWhenTheNameDoesNotResolve() {
        assertThatExceptionOfType(SourceUnavailable.class).isThrownBy(() -> fetch("unknown.example.com", "/file"));
    }

    @Test
    void cutsOffABodyThatTricklesBeyondTheTimeLimit() {
        FetchPolicy impatient = new FetchPolicy(
                Set.of("http"),
                Set.of("*.example.com"),
                Set.of(),
                Set.of(LOOPBACK),
                new FetchLimits(1000, Duration.ofMillis(300), 3));
        try (ReferenceFetcher fetcher = new ReferenceFetcher(impatient, this::resolve, Ticker.system())) {
            assertThatExceptionOfType(SourceUnavailable.class)
                    .isThrownBy(() -> fetcher.fetch(uri("images.example.com", "/stuck")))
                    .withMessageContaining("did not arrive within 300 ms")
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo("REFERENCE_TIMEOUT"));
        }
    }

    @Test
    void refusesAUserInTheReference() {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> fetch(URI.create("http://a:b@images.example.com/file")))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("REFERENCE_INVALID"));
    }

    @Test
    void refusesEverythingByDefault() {
        try (ReferenceFetcher fetcher = new ReferenceFetcher(FetchPolicy.nothing())) {
            for (String reference : List.of("http://a.test/x", "https://a.test/x", "file:///etc/passwd")) {
                assertThatExceptionOfType(InvalidInput.class)
                        .isThrownBy(() -> fetcher.fetch(URI.create(reference)))
                        .withMessageContaining("configuration allows: none")
                        .satisfies(failure -> assertThat(failure.code()).isEqualTo("REFERENCE_NOT_ALLOWED"));
            }
        }
    }

    private List<InetAddress> resolve(String host) throws UnknownHostException {
        lookups.incrementAndGet();
        List<String> known = addresses.get(host);
        if (known == null) {
            throw new UnknownHostException(host);
        }
        return known.stream().map(InetAddress::ofLiteral).toList();
    }

    private static FetchPolicy policy(int maxBytes) {
        return new FetchPolicy(
                Set.of("http"),
                Set.of("*.example.com"),
                Set.of(),
                Set.of(LOOPBACK),
                new FetchLimits(maxBytes, Duration.ofMinutes(1), 3));
    }

    private java.nio.ByteBuffer fetch(String host, String path) {
        return fetch(uri(host, path));
    }

    private java.nio.ByteBuffer fetch(URI reference) {
        try (ReferenceFetcher fetcher = new ReferenceFetcher(policy(100), this::resolve, Ticker.system())) {
            return fetcher.fetch(reference);
        }
    }

    private URI uri(String host, String path) {
        return URI.create("http://" + host + ":" + server.getAddress().getPort() + path);
    }

    private void assertNotAllowed(String host, String path, String why) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> fetch(host, path))
                .withMessageContaining(why)
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("REFERENCE_NOT_ALLOWED"));
    }

    private static void respond(HttpExchange exchange, int status, long length) throws IOException {
        exchange.sendResponseHeaders(status, length);
        exchange.getResponseBody().write(FILE);
        exchange.close();
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().add("Location", location);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void stall(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, FILE.length);
        exchange.getResponseBody().write(FILE, 0, 3);
        exchange.getResponseBody().flush();
        try {
            stuck.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }
}
