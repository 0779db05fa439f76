package dev.fovea.grpc;

import com.google.protobuf.MessageLite;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.InferenceFailure;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.proto.v1.Failure;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/// Runs the calls of gRPC services on threads of our own, one a call or item; a call that is cancelled, or whose
/// deadline passes, interrupts its thread.
///
/// **Threads:** called on gRPC's threads, which it never blocks.
public final class CallExecutor {
    private final ThreadFactory threads;
    private final StatusMapping statuses;
    private final Ticker ticker;
    private final Duration defaultTimeout;
    private final int maxMessageBytes;

    /// @param threads virtual threads in production
    /// @param defaultTimeout deadline of a call that has none, and the longest that one item of a stream may take
    /// @param maxMessageBytes largest encoded request; the transport must take more: its refusal names no limit
    public CallExecutor(
            ThreadFactory threads,
            StatusMapping statuses,
            Ticker ticker,
            Duration defaultTimeout,
            int maxMessageBytes) {
        this.threads = threads;
        this.statuses = statuses;
        this.ticker = ticker;
        this.defaultTimeout = defaultTimeout;
        this.maxMessageBytes = maxMessageBytes;
    }

    /// Answers one unary call; returns at once.
    ///
    /// @param <A> the response
    public <A extends MessageLite> void unary(MessageLite request, StreamObserver<A> observer, Work<A> work) {
        Ticket.Hold hold;
        try {
            hold = hold(request);
        } catch (InferenceFailure refusal) {
            observer.onError(statuses.exception(refusal));
            return;
        }
        Deadline deadline = callDeadline();
        Thread thread = newThread(() -> {
            try (hold) {
                answer(observer, work, deadline);
            }
        });
        ((ServerCallStreamObserver<A>) observer).setOnCancelHandler(thread::interrupt);
        thread.start();
    }

    /// Answers a bidirectional stream in the order of its requests. At most `window` requests are held at any time,
    /// whether being worked on, or answered and not yet taken by the client; the client's flow control does
    /// the rest. A failed request is answered with its failure and does not end the stream.
    ///
    /// @param <Q> the request
    /// @param <A> the response
    /// @param window requests in flight, at least 1
    /// @return to be handed to gRPC
    public <Q extends MessageLite, A extends MessageLite> StreamObserver<Q> stream(
            StreamObserver<A> observer, int window, StreamWork<Q, A> work) {
        var stream = new OrderedStream<>((ServerCallStreamObserver<A>) observer, window, this, work);
        stream.open();
        return stream;
    }

    /// Counts a request until its work has ended.
    ///
    /// @throws InvalidInput `MESSAGE_TOO_LARGE`
    /// @throws InferenceFailure if the request does not fit beside those in flight
    Ticket.Hold hold(MessageLite request) {
        int size = request.getSerializedSize();
        if (size > maxMessageBytes) {
            throw new InvalidInput(
                    "MESSAGE_TOO_LARGE",
                    "the encoded request has " + size + " bytes; the limit is " + maxMessageBytes + " bytes",
                    size + " bytes",
                    maxMessageBytes + " bytes");
        }
        return Ticket.current().map(ticket -> ticket.hold(size)).orElse(Ticket.Hold.NONE);
    }

    /// A thread, not yet started, that runs `task` in the current gRPC context.
    Thread newThread(Runnable task) {
        return threads.newThread(Context.current().wrap(task));
    }

    /// Of one item of a stream that arrives now: the default timeout, cut short by the stream's own deadline.
    Deadline itemDeadline() {
        Deadline item = Deadline.after(defaultTimeout, ticker);
        Deadline call = callDeadline();
        return call.remainingNanos(ticker) < item.remainingNanos(ticker) ? call : item;
    }

    Failure failure(Throwable thrown) {
        return statuses.failure(unlessInterrupted(thrown));
    }

    /// Counts an answer of a stream until its client takes it.
    ///
    /// @throws InferenceFailure if it does not fit beside those that wait
    Ticket.Hold holdAnswer(MessageLite answer) {
        return Ticket.current()
                .map(ticket -> ticket.holdAnswer(answer.getSerializedSize()))
                .orElse(Ticket.Hold.NONE);
    }

    private <A extends MessageLite> void answer(StreamObserver<A> observer, Work<A> work, Deadline deadline) {
        try {
            A answer = work.answer(deadline);
            Ticket.current().ifPresent(ticket -> ticket.keepAnswer(answer.getSerializedSize()));
            observer.onNext(answer);
        } catch (Throwable thrown) {
            observer.onError(statuses.exception(unlessInterrupted(thrown)));
            return;
        }
        observer.onCompleted();
    }

    private Deadline callDeadline() {
        io.grpc.Deadline deadline = Context.current().getDeadline();
        return deadline == null
                ? Deadline.after(defaultTimeout, ticker)
                : new Deadline(ticker.nanoTime() + deadline.timeRemaining(TimeUnit.NANOSECONDS));
    }

    /// An interrupt means that nobody waits any more, or that the process ends: neither is an internal error.
    private static Throwable unlessInterrupted(Throwable thrown) {
        return thrown instanceof InterruptedException
                ? new Unavailable("INTERRUPTED", "the call was cancelled or the process is shutting down")
                : thrown;
    }
}
