package dev.fovea.imaging.fetch;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.SourceUnavailable;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/// Fetches `http:` and `https:` references. Follows redirects itself, so that each hop is checked like the first.
final class HttpReferences implements AutoCloseable {

    private static final int MAX_CONNECTIONS = 256;
    private static final int MAX_CONNECTIONS_PER_HOST = 64;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> MISSING = Set.of(404, 410);
    private static final Set<Integer> TEMPORARY = Set.of(408, 425, 429);

    private final FetchPolicy policy;
    private final Ticker ticker;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService watchdog;

    HttpReferences(FetchPolicy policy, AddressResolver resolver, Ticker ticker) {
        this.policy = policy;
        this.ticker = ticker;
        this.client = client(policy, resolver);
        this.watchdog = watchdog();
    }

    private static ScheduledExecutorService watchdog() {
        var watchdog = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("fovea-fetch-watchdog").factory());
        watchdog.setRemoveOnCancelPolicy(true); // or each fetch would be held until its time limit
        return watchdog;
    }

    private static CloseableHttpClient client(FetchPolicy policy, AddressResolver resolver) {
        Timeout timeout = Timeout.of(policy.limits().timeout());
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new CheckedResolver(resolver, policy.internalRanges()))
                        .setMaxConnTotal(MAX_CONNECTIONS)
                        .setMaxConnPerRoute(MAX_CONNECTIONS_PER_HOST)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(timeout)
                                .setSocketTimeout(timeout)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .build())
                .setUserAgent("fovea")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                // A compressed answer could unfold beyond the limit on bytes.
                .disableContentCompression()
                .build();
    }

    ByteBuffer get(URI reference) {
        Deadline deadline = Deadline.after(policy.limits().timeout(), ticker);
        URI at = reference;
        for (int hop = 0; hop <= policy.limits().maxRedirects(); hop++) {
            requireAllowed(at);
            Answer answer = hop(at, deadline);
            if (answer.redirect().isEmpty()) {
                return answer.content();
            }
            at = answer.redirect().get();
        }
        throw Refusals.notAllowed(
                "reference " + reference + " redirects more than "
                        + policy.limits().maxRedirects() + " times",
                "more than " + policy.limits().maxRedirects(),
                "" + policy.limits().maxRedirects());
    }

    /// What one request brought: the file, or where to ask next.
    private record Answer(ByteBuffer content, Optional<URI> redirect) {}

    private void requireAllowed(URI at) {
        String scheme = ReferenceFetcher.requireScheme(at, policy);
        if (scheme.equals("file") || at.getHost() == null || at.getRawUserInfo() != null) {
            throw Refusals.malformed("reference " + at + " names no host, or a user");
        }
        if (!policy.allowsHost(at.getHost())) {
            throw Refusals.notAllowed(
                    "host " + at.getHost() + " is not among the hosts that configuration allows for references",
                    at.getHost(),
                    policy.hosts().size() + " allowed hosts");
        }
    }

    private Answer hop(URI at, Deadline deadline) {
        HttpGet request = new HttpGet(at);
        // Time-outs of the client are per read; only this bounds the whole.
        Future<?> cancellation =
                watchdog.schedule(request::cancel, Math.max(0, deadline.remainingNanos(ticker)), TimeUnit.NANOSECONDS);
        try (ClassicHttpResponse response = client.executeOpen(RoutingSupport.determineHost(request), request, null)) {
            return answer(at, response, request);
        } catch (CheckedResolver.AddressRefused refused) {
            throw Refusals.notAllowed(
                    "host " + at.getHost() + " has an address that is not public and not in the internal ranges that"
                            + " configuration allows for references",
                    at.getHost(),
                    policy.internalRanges().size() + " allowed ranges");
        } catch (IOException | HttpException failed) {
            throw unavailable(at, failed, deadline);
        } finally {
            cancellation.cancel(false);
        }
    }

    private Answer answer(URI at, ClassicHttpResponse response, HttpGet request) throws IOException, HttpException {
        int status = response.getCode();
        if (status == 200) {
            return new Answer(content(response.getEntity(), request), Optional.empty());
        }
        Header location = response.getFirstHeader("Location");
        if (REDIRECTS.contains(status) && location != null) {
            return new Answer(ByteBuffer.allocate(0), Optional.of(resolve(at, location.getValue())));
        }
        if (MISSING.contains(status)) {
            throw Refusals.notFound("reference " + at + " does not exist (status " + status + ")");
        }
        if (status >= 400 && status < 500 && !TEMPORARY.contains(status)) {
            throw new InvalidInput("REFERENCE_REFUSED", "reference " + at + " was refused with status " + status);
        }
        throw new SourceUnavailable("REFERENCE_UNAVAILABLE", "reference " + at + " was answered with status " + status);
    }

    private static URI resolve(URI at, String location) {
        try {
            return at.resolve(new URI(location));
        } catch (URISyntaxException malformed) {
            throw Refusals.malformed("reference " + at + " redirects to something that is no URI");
        }
    }

    private ByteBuffer content(HttpEntity entity, HttpGet request) throws IOException {
        int limit = policy.limits().maxBytes();
        long declared = entity.getContentLength();
        if (declared > limit) {
            request.cancel();
            throw Refusals.tooLarge(declared + " bytes", limit);
        }
        byte[] bytes = entity.getContent().readNBytes(limit + 1);
        if (bytes.length > limit) {
            request.cancel(); // else closing the response reads what is left to its end
            throw Refusals.tooLarge("more than " + limit + " bytes", limit);
        }
        return ByteBuffer.wrap(bytes);
    }

    private SourceUnavailable unavailable(URI at, Exception failed, Deadline deadline) {
        if (deadline.hasPassed(ticker)) {
            return new SourceUnavailable(
                    "REFERENCE_TIMEOUT",
                    "reference " + at + " did not arrive within "
                            + policy.limits().timeout().toMillis() + " ms",
                    failed);
        }
        return new SourceUnavailable(
                "REFERENCE_UNAVAILABLE", "reference " + at + " cannot be fetched now: " + failed.getMessage(), failed);
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }
}
