package dev.fovea.builder.index.client;

import dev.fovea.proto.v1.Collection;
import dev.fovea.proto.v1.CollectionInfoRequest;
import dev.fovea.proto.v1.GlobalRetrievalGrpc;
import dev.fovea.proto.v1.GlobalRetrievalGrpc.GlobalRetrievalBlockingStub;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// A connection to a running service.
///
/// Any thread may call it; whoever opened it closes it.
public final class RetrievalClient implements AutoCloseable {

    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final ManagedChannel channel;
    private final String server;
    private final Duration timeout;

    RetrievalClient(ManagedChannel channel, String server, Duration timeout) {
        this.channel = channel;
        this.server = server;
        this.timeout = timeout;
    }

    /// Calls once; the call may take as long as `--timeout` says.
    ///
    /// @throws CallFailed if it is not answered
    /// @throws InterruptedException if the thread is interrupted
    public <A> A call(Function<GlobalRetrievalBlockingStub, A> call) throws CallFailed, InterruptedException {
        return ask(GlobalRetrievalGrpc::newBlockingStub, call);
    }

    /// The same of another service at the same address.
    ///
    /// @param stub makes the stub of that service, for example `ServiceInfoGrpc::newBlockingStub`
    /// @throws CallFailed if it is not answered
    /// @throws InterruptedException if the thread is interrupted
    public <S extends AbstractStub<S>, A> A ask(Function<Channel, S> stub, Function<S, A> call)
            throws CallFailed, InterruptedException {
        S bounded = stub.apply(channel).withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return call.apply(bounded);
        } catch (StatusRuntimeException failed) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw CallFailed.of(failed, server, timeout);
        }
    }

    /// What a collection holds and declares.
    ///
    /// @param name empty for the service's default
    /// @throws IOException if there is none of that name, or the call fails
    public Collection collection(String name) throws IOException, InterruptedException {
        List<Collection> found = collections(name);
        return found.stream()
                .filter(collection -> name.isEmpty() ? collection.getIsDefault() : true)
                .findFirst()
                .orElseThrow(() -> new IOException(server + " has no default collection (--collection)"));
    }

    /// @param name empty for all
    /// @throws CallFailed if there is none of that name, or the call fails
    public List<Collection> collections(String name) throws CallFailed, InterruptedException {
        var request = CollectionInfoRequest.newBuilder().setCollection(name).build();
        return call(stub -> stub.collectionInfo(request)).getCollectionsList();
    }

    @Override
    public void close() {
        channel.shutdown();
        try {
            if (!channel.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                channel.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            channel.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
