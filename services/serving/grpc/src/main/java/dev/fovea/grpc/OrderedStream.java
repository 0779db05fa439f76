package dev.fovea.grpc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.MessageLite;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.failure.InferenceFailure;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// One bidirectional stream: requests are worked on at once, answered in their order, and asked for one by one as
/// answers leave, so that neither a slow model nor a slow client can fill the memory.
///
/// **Threads:** gRPC's callbacks and the threads of the items, under one lock.
///
/// @param <Q> the request
/// @param <A> the response
final class OrderedStream<Q extends MessageLite, A extends MessageLite> implements StreamObserver<Q> {
    private final ServerCallStreamObserver<A> client;
    private final int window;
    private final CallExecutor executor;
    private final StreamWork<Q, A> work;
    private final Object lock = new Object();

    /// In the order of the requests; never more than the window.
    @GuardedBy("lock")
    private final Deque<Slot<A>> slots = new ArrayDeque<>();

    @GuardedBy("lock")
    private boolean halfClosed;

    @GuardedBy("lock")
    private boolean ended;

    @GuardedBy("lock")
    private boolean sending;

    OrderedStream(ServerCallStreamObserver<A> client, int window, CallExecutor executor, StreamWork<Q, A> work) {
        if (window < 1) {
            throw new IllegalArgumentException("stream window " + window + " is below 1");
        }
        this.client = client;
        this.window = window;
        this.executor = executor;
        this.work = work;
    }

    /// To be called inside the service method: gRPC takes handlers only there.
    void open() {
        client.disableAutoRequest();
        client.setOnReadyHandler(this::send);
        client.setOnCancelHandler(this::cancel);
        client.request(window);
    }

    @Override
    public void onNext(Q request) {
        var slot = new Slot<A>();
        synchronized (lock) {
            if (ended) {
                return;
            }
            slots.addLast(slot);
        }
        try {
            start(request, slot, executor.hold(request));
        } catch (InferenceFailure refusal) {
            finish(slot, new Ready<>(work.failed(request, executor.failure(refusal)), Ticket.Hold.NONE));
        }
    }

    @Override
    public void onCompleted() {
        synchronized (lock) {
            halfClosed = true;
        }
        send();
    }

    @Override
    public void onError(Throwable cancelled) {
        cancel();
    }

    private void start(Q request, Slot<A> slot, Ticket.Hold hold) {
        Deadline deadline = executor.itemDeadline();
        Thread thread = executor.newThread(() -> {
            try (hold) {
                finish(slot, answer(request, deadline));
            }
        });
        synchronized (lock) {
            slot.thread = Optional.of(thread);
        }
        thread.start();
    }

    private Ready<A> answer(Q request, Deadline deadline) {
        try {
            A answer = work.answer(request, deadline);
            return new Ready<>(answer, executor.holdAnswer(answer));
        } catch (Throwable thrown) {
            return new Ready<>(work.failed(request, executor.failure(thrown)), Ticket.Hold.NONE);
        }
    }

    private void finish(Slot<A> slot, Ready<A> answer) {
        synchronized (lock) {
            if (ended) {
                answer.hold().close();
                return;
            }
            slot.answer = Optional.of(answer);
        }
        send();
    }

    /// Sends what is answered, in order, as long as the client takes it. gRPC calls this again when it does.
    private void send() {
        synchronized (lock) {
            if (sending) {
                return; // gRPC called back into us while we were sending; the loop below goes on
            }
            sending = true;
            try {
                sendAnswered();
            } finally {
                sending = false;
            }
        }
    }

    @GuardedBy("lock")
    private void sendAnswered() {
        while (!ended
                && client.isReady()
                && !slots.isEmpty()
                && slots.peekFirst().answer.isPresent()) {
            Ready<A> next = slots.removeFirst().answer.orElseThrow();
            try (var _ = next.hold()) {
                client.onNext(next.message());
            }
            client.request(1);
        }
        if (halfClosed && slots.isEmpty() && !ended) {
            ended = true;
            client.onCompleted();
        }
    }

    private void cancel() {
        synchronized (lock) {
            ended = true;
            for (Slot<A> slot : slots) {
                slot.thread.ifPresent(Thread::interrupt);
                slot.answer.ifPresent(answer -> answer.hold().close());
            }
            slots.clear();
        }
    }

    /// An answer that waits for its turn and its client, counted until then.
    private record Ready<A>(A message, Ticket.Hold hold) {}

    /// One request in flight; owned by the stream's lock.
    private static final class Slot<A> {
        private Optional<Thread> thread = Optional.empty();
        private Optional<Ready<A>> answer = Optional.empty();
    }
}
