package dev.fovea.tests.load;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Makes calls without waiting for each.
///
/// One thread at a time may call; whoever opens it closes it.
final class GrpcDriver implements AutoCloseable {

    private final List<ManagedChannel> channels = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    GrpcDriver(int port, int connections) {
        for (int i = 0; i < connections; i++) {
            ManagedChannel channel = NettyChannelBuilder.forAddress("localhost", port)
                    .usePlaintext()
                    .flowControlWindow(8 << 20)
                    .build();
            channels.add(channel);
        }
    }

    /// Keeps `inFlight` calls under way; each answer lets the next call go. What ends in the first `warmUp` seconds is
    /// not counted.
    Outcome closedLoop(Call<?, ?> call, int inFlight, double warmUp, double seconds) throws InterruptedException {
        var window = new Semaphore(inFlight);
        var outcome = new Outcome();
        long start = System.nanoTime();
        long from = start + (long) (warmUp * 1e9);
        long to = from + (long) (seconds * 1e9);
        while (System.nanoTime() < to) {
            window.acquire();
            send(call, new Counted(System.nanoTime(), from, to, outcome, window::release), 0);
        }
        window.acquire(inFlight);
        return outcome;
    }

    /// Sends `perSecond` calls a second at fixed moments whatever comes back; latency counts from the moment at which
    /// a call was due, so a sender that falls behind does not flatter the service.
    ///
    /// @param deadlineMillis of each call, 0 for none
    Outcome openLoop(Call<?, ?> call, double perSecond, double warmUp, double seconds, long deadlineMillis) {
        var underway = new Phaser(1);
        var outcome = new Outcome();
        long start = System.nanoTime();
        long from = start + (long) (warmUp * 1e9);
        long to = from + (long) (seconds * 1e9);
        long due = start;
        for (long sent = 1; due < to; sent++) {
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            underway.register();
            send(call, new Counted(due, from, to, outcome, underway::arriveAndDeregister), deadlineMillis);
            due = start + (long) (sent * 1e9 / perSecond);
        }
        underway.arriveAndAwaitAdvance();
        return outcome;
    }

    private <A> void send(Call<?, A> call, Counted counted, long deadlineMillis) {
        int number = next.getAndIncrement();
        CallOptions options = deadlineMillis > 0
                ? CallOptions.DEFAULT.withDeadlineAfter(deadlineMillis, TimeUnit.MILLISECONDS)
                : CallOptions.DEFAULT;
        Channel channel = channels.get(Math.floorMod(number, channels.size()));
        call.send(channel, options, number, new Answer<>(call, counted));
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }

    /// A call that counts if its answer comes in the measured part.
    private record Counted(long dueNanos, long from, long to, Outcome outcome, Runnable finished) {

        boolean counts(long now) {
            return now >= from && now < to;
        }

        double millis(long now) {
            return (now - dueNanos) / 1e6;
        }
    }

    private record Answer<A>(Call<?, A> call, Counted counted) implements StreamObserver<A> {

        @Override
        public void onNext(A response) {
            long now = System.nanoTime();
            if (counted.counts(now)) {
                counted.outcome().answered(call.rows().applyAsInt(response), counted.millis(now));
            }
        }

        @Override
        public void onError(Throwable failure) {
            long now = System.nanoTime();
            if (counted.counts(now)) {
                counted.outcome().failed(Status.fromThrowable(failure).getCode().name(), counted.millis(now));
            }
            counted.finished().run();
        }

        @Override
        public void onCompleted() {
            counted.finished().run();
        }
    }
}
