package dev.fovea.tests.chart.kubelet;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/// Callers of one pod who call again as soon as they are answered, until the pod refuses: what becomes of each call.
/// Whoever makes it closes it.
final class Traffic implements AutoCloseable {

    private static final int CALLERS = 4;
    private static final int WARM = 8;

    private final Service service;
    private final Caller caller;
    private final List<Thread> threads;
    private final CountDownLatch answered = new CountDownLatch(WARM);
    private final List<String> broken = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean ending;

    Traffic(Service service, Pod pod) {
        this.service = service;
        this.caller = Caller.plain(pod.grpcPort());
        this.threads = IntStream.range(0, CALLERS)
                .mapToObj(number -> Thread.ofVirtual().start(this::callOn))
                .toList();
    }

    /// Returns once calls are answered.
    void awaitFlow() throws InterruptedException {
        answered.await();
    }

    /// From now on a call that begins may be refused; those on their way must be answered all the same.
    void podEnds() {
        ending = true;
    }

    /// Waits until every caller was refused.
    ///
    /// @return calls that began while the pod still took them, and were not answered
    List<String> broken() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        return List.copyOf(broken);
    }

    private void callOn() {
        boolean refused = false;
        while (!refused) {
            boolean mayBeRefused = ending;
            try {
                service.call(caller.channel());
                answered.countDown();
            } catch (StatusRuntimeException failed) {
                refused = mayBeRefused && failed.getStatus().getCode() == Status.Code.UNAVAILABLE;
                if (!refused) {
                    broken.add(service + ": " + failed);
                    refused = true;
                }
            }
        }
    }

    @Override
    public void close() {
        caller.close();
    }
}
