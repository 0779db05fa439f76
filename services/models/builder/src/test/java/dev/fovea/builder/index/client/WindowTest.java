package dev.fovea.builder.index.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WindowTest {

    @Test
    void everyItemIsDoneWhenItReturns() throws IOException, InterruptedException {
        Set<Integer> done = ConcurrentHashMap.newKeySet();

        Window.run(numbers(1000), 7, done::add);

        assertThat(done).hasSize(1000);
    }

    @Test
    void noMoreItemsThanTheWidthAreWorkedOn() throws IOException, InterruptedException {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var allAtOnce = new CountDownLatch(4);

        Window.run(numbers(40), 4, _ -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            allAtOnce.countDown();
            allAtOnce.await();
            now.decrementAndGet();
        });

        assertThat(most).hasValue(4);
    }

    @Test
    void aFailureInterruptsTheOthersAndTakesNoMoreItems() {
        var taken = new AtomicInteger();
        var interrupted = new AtomicInteger();
        var waiting = new CountDownLatch(1);

        assertThatIOException()
                .isThrownBy(() -> Window.run(numbers(1000), 2, item -> {
                    taken.incrementAndGet();
                    if (item == 0) {
                        waiting.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException stopped) {
                            interrupted.incrementAndGet();
                            throw stopped;
                        }
                    }
                    waiting.await();
                    throw new IOException("broken");
                }))
                .withMessage("broken");
        assertThat(interrupted).hasValue(1);
        assertThat(taken).hasValue(2);
    }

    @Test
    void aFailureOfTheSourceIsThrown() {
        assertThatIOException()
                .isThrownBy(() -> Window.run(
                        () -> {
                            throw new IOException("cut off");
                        },
                        2,
                        _ -> {}))
                .withMessage("cut off");
    }

    private static Window.Source<Integer> numbers(int count) {
        Iterator<Integer> numbers = IntStream.range(0, count).iterator();
        return () -> numbers.hasNext() ? Optional.of(numbers.next()) : Optional.empty();
    }
}
