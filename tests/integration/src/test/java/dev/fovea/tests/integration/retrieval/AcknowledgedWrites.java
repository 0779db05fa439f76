package dev.fovea.tests.integration.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.fovea.proto.v1.DeleteRequest;
import dev.fovea.proto.v1.ElementType;
import dev.fovea.proto.v1.StoredImage;
import dev.fovea.proto.v1.UpsertRequest;
import dev.fovea.proto.v1.Vectors;
import io.grpc.StatusRuntimeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/// Writes embeddings of its own ids over gRPC, one after another, and keeps a ledger of what was
/// acknowledged.
///
/// One thread runs it; any thread may ask for the counts and stop it; the rest after it has ended.
final class AcknowledgedWrites implements Runnable {

    private static final int IDS = 60;

    /// What an id may be after a crash: the last acknowledged write, or any later one that no answer came
    /// for. A deleted image is empty.
    private record Possible(List<Optional<ByteString>> states) {}

    private final Retrieval retrieval;
    private final String name;
    private final int dimension;
    private final Random random;
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private volatile boolean stopped;

    // owned by the thread that runs it until it has ended
    private final Map<String, Possible> possible = new HashMap<>();

    AcknowledgedWrites(Retrieval retrieval, String name, int dimension) {
        this.retrieval = retrieval;
        this.name = name;
        this.dimension = dimension;
        this.random = new Random(name.hashCode());
    }

    int acknowledged() {
        return acknowledged.get();
    }

    /// Calls without an answer.
    int failed() {
        return failed.get();
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        while (!stopped) {
            String id = name + ", image " + random.nextInt(IDS);
            Optional<ByteString> state = random.nextInt(10) == 0 ? Optional.empty() : Optional.of(embedding());
            List<Optional<ByteString>> states = possible.computeIfAbsent(
                            id, first -> new Possible(new ArrayList<>(List.of(Optional.empty()))))
                    .states();
            try {
                state.ifPresentOrElse(bytes -> upsert(id, bytes), () -> delete(id));
                states.clear();
                states.add(state);
                acknowledged.incrementAndGet();
            } catch (StatusRuntimeException unanswered) {
                states.add(state);
                failed.incrementAndGet();
            }
        }
    }

    /// Fails if an image is not what its last acknowledged write made it.
    ///
    /// @return ids compared
    int assertKept(Map<String, StoredImage> stored) {
        possible.forEach((id, states) -> assertThat(states.states())
                .as("%s after its last acknowledged write", id)
                .contains(Optional.ofNullable(stored.get(id))
                        .map(image -> image.getEmbedding().getData())));
        return possible.size();
    }

    private void upsert(String id, ByteString embedding) {
        retrieval
                .stub()
                .upsert(UpsertRequest.newBuilder()
                        .setId(id)
                        .setEmbedding(Vectors.newBuilder()
                                .setElementType(ElementType.ELEMENT_TYPE_FLOAT32)
                                .setDimension(dimension)
                                .setCount(1)
                                .setData(embedding))
                        .build());
    }

    private void delete(String id) {
        retrieval.stub().delete(DeleteRequest.newBuilder().setId(id).build());
    }

    /// Four halves of either sign: the norm is 1 without rounding, so the stored bits are those sent.
    private ByteString embedding() {
        ByteBuffer bytes = ByteBuffer.allocate(dimension * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        random.ints(0, dimension)
                .distinct()
                .limit(4)
                .forEach(component -> bytes.putFloat(component * Float.BYTES, random.nextBoolean() ? 0.5f : -0.5f));
        return ByteString.copyFrom(bytes);
    }
}
