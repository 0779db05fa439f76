package dev.fovea.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.inference.failure.Overloaded;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PermitsTest {
    private static final Deadline LATER = new Deadline(Long.MAX_VALUE / 2);

    private final Permits permits = Permits.ofCores(1, () -> 0);
    private final List<String> order = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    @Test
    void interactiveComesBeforeBulkAndEveryFourthTurnIsBulks() throws InterruptedException {
        var held = permits.acquire(Lane.BULK, LATER);
        for (int i = 1; i <= 3; i++) {
            waitInLine(Lane.BULK, "b" + i);
        }
        for (int i = 1; i <= 7; i++) {
            waitInLine(Lane.INTERACTIVE, "i" + i);
        }

        held.close();
        join();

        assertThat(order).containsExactly("i1", "i2", "i3", "b1", "i4", "i5", "i6", "b2", "i7", "b3");
    }

    @Test
    void refusesWhenTheDeadlineHasPassed() throws InterruptedException {
        try (var _ = permits.acquire(Lane.BULK, LATER)) {
            assertThatThrownBy(() -> permits.acquire(Lane.INTERACTIVE, new Deadline(0)))
                    .isInstanceOf(DeadlineExceeded.class);
        }
        assertThat(permits.waiting(Lane.INTERACTIVE)).isZero();
        permits.acquire(Lane.BULK, new Deadline(0)).close();
    }

    @Test
    void refusesAnInteractiveRequestThatCanNotHopeToBeServedInTime() throws InterruptedException {
        var now = new AtomicLong();
        var oneCore = Permits.ofCores(1, now::get);
        var first = oneCore.acquire(Lane.INTERACTIVE, LATER);
        now.addAndGet(300_000_000); // a permit is held for 300 ms
        first.close();

        try (var _ = oneCore.acquire(Lane.BULK, LATER)) {
            assertThatThrownBy(() -> oneCore.acquire(Lane.INTERACTIVE, new Deadline(now.get() + 700_000_000)))
                    .isInstanceOf(Overloaded.class)
                    .hasMessage(
                            "0 requests wait for a free CPU core; the expected wait of 400 ms is more than half of the"
                                    + " 700 ms left");
        }
        assertThat(oneCore.waiting(Lane.INTERACTIVE)).isZero();
    }

    @Test
    void anInterruptedWaiterLeavesTheLineAndLosesNoPermit() throws InterruptedException {
        var held = permits.acquire(Lane.BULK, LATER);
        var interrupted = new AtomicBoolean();
        Thread waiter = Thread.ofVirtual().start(() -> {
            try {
                permits.acquire(Lane.INTERACTIVE, LATER).close();
            } catch (InterruptedException expected) {
                interrupted.set(true);
            }
        });
        awaitLine(Lane.INTERACTIVE, 1);

        waiter.interrupt();
        waiter.join();
        held.close();

        assertThat(interrupted).isTrue();
        permits.acquire(Lane.INTERACTIVE, new Deadline(0)).close();
    }

    private void waitInLine(Lane lane, String name) {
        int before = permits.waiting(lane);
        threads.add(Thread.ofVirtual().start(() -> {
            try (var _ = permits.acquire(lane, LATER)) {
                order.add(name);
            } catch (InterruptedException unexpected) {
                order.add(name + " was interrupted");
            }
        }));
        awaitLine(lane, before + 1);
    }

    private void awaitLine(Lane lane, int length) {
        while (permits.waiting(lane) < length) {
            Thread.onSpinWait();
        }
    }

    private void join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
