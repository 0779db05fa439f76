package dev.fovea.tests.load;

import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.DescribeResponse;
import dev.fovea.proto.v1.PatchDescriptionGrpc;
import dev.fovea.proto.v1.PatchDescriptionGrpc.PatchDescriptionStub;
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

/// Sends `Describe` calls without waiting for each.
///
/// One thread at a time may call; whoever opens it closes it.
final class GrpcDriver implements AutoCloseable {

    private final List<ManagedChannel> channels = new ArrayList<>();
    private final List<PatchDescriptionStub> stubs = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    GrpcDriver(int port, int connections) {
        for (int i = 0; i < connections; i++) {
            ManagedChannel channel = NettyChannelBuilder.forAddress("localhost", port)
                    .usePlaintext()
                    .flowControlWindow(8 << 20)
                    .build();
            channels.add(channel);
            stubs.add(PatchDescriptionGrpc.newStub(channel));
        }
    }

    /// Keeps `inFlight` calls under way; each answer lets the next call go. What ends in the first `warmUp` seconds is
    /// not counted.
    Outcome closedLoop(DescribeRequest request, int inFlight, double warmUp, double seconds)
            throws InterruptedException {
        var window = new Semaphore(inFlight);
        var outcome = new Outcome();
        long start = System.nanoTime();
        long from = start + (long) (warmUp * 1e9);
        long to = from + (long) (seconds * 1e9);
        while (System.nanoTime() < to) {
            window.acquire();
            send(request, System.nanoTime(), from, to, outcome, window::release, 0);
        }
        window.acquire(inFlight);
        return outcome;
    }

    /// Sends `perSecond` calls a second at fixed moments whatever comes back; latency counts from the moment at which
    /// a call was due, so a sender that falls behind does not flatter the service.
    ///
    /// @param deadlineMillis of each call, 0 for none
    Outcome openLoop(DescribeRequest request, double perSecond, double warmUp, double seconds, long deadlineMillis) {
        var underway = new Phaser(1);
        var outcome = new Outcome();
        long start = System.nanoTime();
        long from = start + (long) (warmUp * 1e9);
        long to = from + (long) (seconds * 1e9);
        long due = start;
        for (long call = 1; due < to; call++) {
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            underway.register();
            send(request, due, from, to, outcome, underway::arriveAndDeregister, deadlineMillis);
            due = start + (long) (call * 1e9 / perSecond);
        }
        underway.arriveAndAwaitAdvance();
        return outcome;
    }

    private void send(
            DescribeRequest request,
            long dueNanos,
            long from,
            long to,
            Outcome outcome,
            Runnable finished,
            long deadlineMillis) {
        PatchDescriptionStub stub = stubs.get(Math.floorMod(next.getAndIncrement(), stubs.size()));
        if (deadlineMillis > 0) {
            stub = stub.withDeadlineAfter(deadlineMillis, TimeUnit.MILLISECONDS);
        }
        stub.describe(request, new Answer(dueNanos, from, to, outcome, finished));
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }

    /// Counts one answer if it comes in the measured part.
    private record Answer(long dueNanos, long from, long to, Outcome outcome, Runnable finished)
            implements StreamObserver<DescribeResponse> {

        @Override
        public void onNext(DescribeResponse response) {
            long now = System.nanoTime();
            if (now >= from && now < to) {
                outcome.answered(response.getDescriptors().getCount(), (now - dueNanos) / 1e6);
            }
        }

        @Override
        public void onError(Throwable failure) {
            long now = System.nanoTime();
            if (now >= from && now < to) {
                outcome.failed(Status.fromThrowable(failure).getCode().name(), (now - dueNanos) / 1e6);
            }
            finished.run();
        }

        @Override
        public void onCompleted() {
            finished.run();
        }
    }
}
