package dev.fovea.opensearch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.opensearch.client.opensearch.generic.Body;
import org.opensearch.client.opensearch.generic.OpenSearchGenericClient;
import org.opensearch.client.opensearch.generic.Request;
import org.opensearch.client.opensearch.generic.Requests;
import org.opensearch.client.opensearch.generic.Response;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ResponseException;

/// Sends requests to the nodes in turn; one that fails or is silent is passed over for the next. Any thread. Whoever
/// makes it closes it.
final class Connection implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final OpenSearchTransport transport;
    private final OpenSearchGenericClient client;
    private final Ticker ticker;

    Connection(Servers servers, Ticker ticker) {
        this.transport = Transports.to(servers);
        this.client = new OpenSearchGenericClient(transport);
        this.ticker = ticker;
    }

    /// @throws IOException if no node answered, or not before the deadline
    Answer send(Call call, Deadline deadline) throws IOException, InterruptedException {
        CompletableFuture<Response> coming = client.executeAsync(request(call));
        try (Response response = coming.get(Math.max(1, deadline.remainingNanos(ticker)), TimeUnit.NANOSECONDS)) {
            return new Answer(response.getStatus(), read(response.getBody()));
        } catch (ExecutionException failed) {
            return answerWithin(failed);
        } catch (TimeoutException late) {
            throw new IOException("the deadline passed during " + call.name(), late);
        } finally {
            coming.cancel(true);
        }
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }

    private static Request request(Call call) {
        Body body = call.body().hasRemaining() ? Body.from(call.body().array(), call.mediaType()) : null;
        return Requests.create(call.method(), call.path(), List.of(), call.parameters(), body);
    }

    /// Statuses for which the transport tries the next node come as exceptions when there is none left.
    private static Answer answerWithin(ExecutionException failed) throws IOException {
        Throwable cause = failed.getCause();
        if (cause instanceof ResponseException answered) {
            return new Answer(answered.status(), TextNode.valueOf(String.valueOf(answered.getMessage())));
        }
        throw cause instanceof IOException io ? io : new IOException(String.valueOf(cause), cause);
    }

    private static JsonNode read(Optional<Body> body) throws IOException {
        byte[] bytes = body.isPresent() ? body.get().bodyAsBytes() : new byte[0];
        if (bytes.length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException other) {
            return TextNode.valueOf(new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
