package dev.fovea.tests.load;

import com.google.protobuf.ByteString;
import dev.fovea.proto.v1.Acknowledgement;
import dev.fovea.proto.v1.DeleteRequest;
import dev.fovea.proto.v1.GlobalRetrievalGrpc;
import dev.fovea.proto.v1.GlobalRetrievalGrpc.GlobalRetrievalBlockingStub;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.UpsertRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Fills collections of a running service. One thread at a time may call it; whoever opens it closes it.
record RetrievalClient(ManagedChannel channel, int inFlight) implements AutoCloseable {

    private static final int LIMIT_MINUTES = 5;

    static RetrievalClient open(int port, int inFlight) {
        return new RetrievalClient(
                NettyChannelBuilder.forAddress("localhost", port)
                        .usePlaintext()
                        .maxInboundMessageSize(64 << 20)
                        .build(),
                inFlight);
    }

    GlobalRetrievalBlockingStub stub() {
        return GlobalRetrievalGrpc.newBlockingStub(channel).withDeadlineAfter(LIMIT_MINUTES, TimeUnit.MINUTES);
    }

    /// Stores every file under its index; searches see them when this returns.
    void store(String collection, List<Path> files) throws InterruptedException, IOException {
        store(collection, files.size(), i -> UpsertRequest.newBuilder().setImage(image(files.get(i))));
    }

    /// Stores under the indices from 0; searches see them when this returns.
    void store(String collection, int count, IntFunction<UpsertRequest.Builder> content)
            throws InterruptedException, IOException {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(inFlight, Thread.ofVirtual().factory())) {
            List<Future<?>> writes = IntStream.range(0, count)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        stub().upsert(content.apply(i)
                                .setCollection(collection)
                                .setId(Integer.toString(i))
                                .build());
                    }))
                    .toList();
            for (Future<?> write : writes) {
                write.get();
            }
        } catch (ExecutionException failed) {
            throw new IOException("an image was not stored in " + collection, failed.getCause());
        }
        awaitVisible(collection);
    }

    /// Deletes what nobody stored, visibly: all writes of before are visible then.
    private void awaitVisible(String collection) {
        stub().delete(DeleteRequest.newBuilder()
                .setCollection(collection)
                .setId("nobody")
                .setAcknowledgement(Acknowledgement.ACKNOWLEDGEMENT_VISIBLE)
                .build());
    }

    static ImageInput image(Path file) {
        try {
            return ImageInput.newBuilder()
                    .setContent(ByteString.copyFrom(Files.readAllBytes(file)))
                    .build();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
