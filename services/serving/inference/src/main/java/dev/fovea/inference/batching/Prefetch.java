package dev.fovea.inference.batching;

import dev.fovea.inference.Ticker;
import dev.fovea.inference.session.BatchBuffers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// The second thread of a model instance: while the owner thread runs one batch, it takes the next from the
/// queue and gathers its rows into the other buffers.
///
/// Two buffers go round: free → gather thread → ready → owner thread → free. The two blocking queues are the
/// only hand-over; whoever took buffers out of one owns them until it puts them into the other. All methods are
/// the owner thread's, which closes it.
final class Prefetch implements AutoCloseable {

    private final BatchQueue queue;
    private final BatchQueue.Taker taker;
    private final Ticker ticker;
    private final Thread gatherThread;

    private final BlockingQueue<BatchBuffers> free;

    // Room for both buffers and the end: adding never blocks.
    private final BlockingQueue<Handover> ready;

    private Optional<BatchBuffers> running = Optional.empty(); // owned by the owner thread

    Prefetch(BatchQueue queue, BatchQueue.Taker taker, List<BatchBuffers> buffers, Workplace workplace) {
        this.queue = queue;
        this.taker = taker;
        this.ticker = workplace.ticker();
        this.free = new ArrayBlockingQueue<>(buffers.size(), false, buffers);
        this.ready = new ArrayBlockingQueue<>(buffers.size() + 1);
        this.gatherThread = workplace.threads().newThread(this::gatherBatches);
        gatherThread.setName(Thread.currentThread().getName() + "-gather");
        gatherThread.start();
    }

    /// The next batch to run; its buffers are the caller's until the next call.
    ///
    /// A prefetched batch that holds bulk rows while interactive ones wait is formed anew and gathered here, so
    /// that interactive entries wait for the batch that is running and for no other. The buffers of the batch
    /// before are freed only after that: the gather thread would otherwise take those entries for the batch
    /// after.
    ///
    /// @return empty once the queue has ended
    Optional<FilledBatch> next() throws InterruptedException {
        Handover handover = ready.poll();
        if (handover == null) {
            queue.ownerIdle(taker);
            handover = ready.take();
        }
        return switch (handover) {
            case Handover.Filled(FilledBatch filled) -> Optional.of(begin(refreshed(filled)));
            case Handover.End() -> Optional.empty();
            case Handover.Broken(Throwable cause) -> throw new IllegalStateException("gather thread died", cause);
        };
    }

    /// Ends the gather thread and gives back to the queue what it had taken.
    @Override
    public void close() {
        gatherThread.interrupt();
        boolean interrupted = false;
        while (gatherThread.isAlive()) {
            try {
                gatherThread.join(); // it never waits for anything but the queue and free buffers
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        for (Handover left : ready) {
            if (left instanceof Handover.Filled(FilledBatch filled)) {
                queue.giveBack(filled.batch());
            }
        }
        queue.leave(taker);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private FilledBatch begin(FilledBatch next) {
        running.ifPresent(free::add);
        running = Optional.of(next.buffers());
        return next;
    }

    private FilledBatch refreshed(FilledBatch filled) {
        return queue.refresh(filled.batch())
                .map(instead -> FilledBatch.gather(instead, filled.buffers(), ticker))
                .orElse(filled);
    }

    // The gather thread's whole life.
    private void gatherBatches() {
        try {
            while (true) {
                BatchBuffers buffers = free.take();
                Optional<Batch> batch = queue.take(taker);
                if (batch.isEmpty()) {
                    ready.add(new Handover.End());
                    return;
                }
                ready.add(new Handover.Filled(FilledBatch.gather(batch.get(), buffers, ticker)));
            }
        } catch (InterruptedException closed) {
            // Only close() interrupts; nothing is held at the two places where it can.
        } catch (RuntimeException | Error e) {
            ready.add(new Handover.Broken(e));
        }
    }

    /// What the gather thread gives to the owner thread.
    private sealed interface Handover {

        record Filled(FilledBatch filled) implements Handover {}

        record End() implements Handover {}

        record Broken(Throwable cause) implements Handover {}
    }
}
