package dev.fovea.tests.service;

import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// All answers of a stream. Any thread.
///
/// @param <T> one answer
public final class StreamAnswers<T> implements StreamObserver<T> {
    private final List<T> received = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<List<T>> all = new CompletableFuture<>();

    @Override
    public void onNext(T answer) {
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

    /// The answers when the stream is over.
    ///
    /// @throws ExecutionException if the stream failed
    /// @throws TimeoutException if it is not over within a minute
    public List<T> await() throws InterruptedException, ExecutionException, TimeoutException {
        return all.get(60, TimeUnit.SECONDS);
    }
}
