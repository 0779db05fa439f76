package dev.fovea.grpc;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A client of a stream that takes answers only when the test asks for them.
final class Answers<Q, A> implements ClientResponseObserver<Q, A> {
    private final BlockingQueue<A> received = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable ClientCallStreamObserver<Q> call;
    private volatile Optional<Throwable> error = Optional.empty();

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> requests) {
        requests.disableAutoRequestWithInitial(0);
        call = requests;
    }

    @Override
    public void onNext(A answer) {
        received.add(answer);
    }

    @Override
    public void onError(Throwable thrown) {
        error = Optional.of(thrown);
        ended.countDown();
    }

    @Override
    public void onCompleted() {
        ended.countDown();
    }

    ClientCallStreamObserver<Q> call() {
        var present = call;
        if (present == null) {
            throw new AssertionError("the call has not started");
        }
        return present;
    }

    /// Asks for one more answer and waits for it.
    A next() throws InterruptedException {
        call().request(1);
        A answer = received.poll(20, TimeUnit.SECONDS);
        if (answer == null) {
            throw new AssertionError("no answer within 20 s; the stream's error: " + error);
        }
        return answer;
    }

    List<A> unread() {
        return List.copyOf(received);
    }

    Optional<Throwable> awaitEnd() throws InterruptedException {
        if (!ended.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("the stream has not ended within 20 s");
        }
        return error;
    }
}
