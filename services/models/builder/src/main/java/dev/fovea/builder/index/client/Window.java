package dev.fovea.builder.index.client;

import java.io.IOException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// Works on many items, a bounded number at once: the next item is taken when one is done.
public final class Window {

    private Window() {}

    /// Where items come from; asked by one thread.
    ///
    /// @param <T> an item
    @FunctionalInterface
    public interface Source<T> {

        /// Empty after the last.
        Optional<T> next() throws IOException, InterruptedException;
    }

    /// What is done with an item; called by several threads.
    ///
    /// @param <T> an item
    @FunctionalInterface
    public interface Work<T> {

        void take(T item) throws IOException, InterruptedException;
    }

    /// Returns when every item is done. The first failure interrupts the others and is thrown.
    ///
    /// @param width items at once, at least 1
    /// @throws IOException as the source or the work throws it
    /// @throws InterruptedException if the thread is interrupted; so are the works
    public static <T> void run(Source<T> source, int width, Work<T> work) throws IOException, InterruptedException {
        var free = new Semaphore(width);
        Queue<Exception> failures = new ConcurrentLinkedQueue<>();
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("fovea-window-", 0).factory())) {
            try {
                Optional<T> item = next(source, free, failures);
                while (item.isPresent()) {
                    T taken = item.get();
                    threads.execute(() -> attempt(work, taken, free, failures));
                    item = next(source, free, failures);
                }
                // One by one, so that a failure ends the wait.
                for (int done = 0; done < width && failures.isEmpty(); done++) {
                    free.acquire();
                }
            } finally {
                threads.shutdownNow();
            }
        }
        Exception first = failures.peek();
        if (first != null) {
            rethrow(first);
        }
    }

    private static <T> Optional<T> next(Source<T> source, Semaphore free, Queue<Exception> failures)
            throws IOException, InterruptedException {
        free.acquire();
        Optional<T> item = failures.isEmpty() ? source.next() : Optional.empty();
        if (item.isEmpty()) {
            free.release();
        }
        return item;
    }

    private static <T> void attempt(Work<T> work, T item, Semaphore free, Queue<Exception> failures) {
        try {
            work.take(item);
        } catch (IOException | InterruptedException | RuntimeException failed) {
            failures.add(failed);
        } finally {
            free.release();
        }
    }

    private static void rethrow(Exception failed) throws IOException, InterruptedException {
        switch (failed) {
            case IOException broken -> throw broken;
            case InterruptedException interrupted -> throw interrupted;
            case RuntimeException unexpected -> throw unexpected;
            default -> throw new IllegalStateException(failed);
        }
    }
}
