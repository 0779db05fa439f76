package dev.fovea.patches.rpc;

import dev.fovea.proto.v1.DescribeStreamResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// All answers of a stream.
final class StreamAnswers implements StreamObserver<DescribeStreamResponse> {
    private final List<DescribeStreamResponse> received = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<List<DescribeStreamResponse>> all = new CompletableFuture<>();

    @Override
    public void onNext(DescribeStreamResponse answer) {
        received.add(answer);
    }

    @Override
    public void onError(Throwable thrown) {
        all.completeExceptionally(thrown);
    }

    @Override
    public void onCompleted() {
        all.complete(List.copyOf(received));
    }

    List<DescribeStreamResponse> await() throws Exception {
        return all.get(60, TimeUnit.SECONDS);
    }
}
