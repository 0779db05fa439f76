package dev.fovea.inference.batching;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.batching.BatchDecision.Dispatch;
import dev.fovea.inference.batching.BatchDecision.Idle;
import dev.fovea.inference.batching.BatchDecision.LookAgainAt;
import dev.fovea.inference.batching.QueueView.Demand;
import dev.fovea.inference.failure.Unavailable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Where entries wait for a batch: two lanes, each bounded in rows and bytes, under one lock.
///
/// An interactive entry goes before all bulk entries, save for the bulk lane's share. Callers offer and
/// withdraw, the gather threads of the instances take. Its lock is held for bookkeeping only, never while rows
/// are copied; under it the lock of an [Entry] may be taken, never the other way round.
final class BatchQueue {

    private final String model;
    private final BatchPolicy policy;
    private final QueueLimits limits;
    private final Ticker ticker;
    private final BatchingMetrics metrics;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    @GuardedBy("lock")
    private final WaitingLane interactive = new WaitingLane();

    @GuardedBy("lock")
    private final WaitingLane bulk = new WaitingLane();

    @GuardedBy("lock")
    private final BulkCredit credit;

    @GuardedBy("lock")
    private final List<Taker> takers = new ArrayList<>();

    @GuardedBy("lock")
    private boolean draining;

    @GuardedBy("lock")
    private boolean ended;

    BatchQueue(String model, BatchPolicy policy, Ticker ticker, BatchingMetrics metrics) {
        this.model = model;
        this.policy = policy;
        this.limits = new QueueLimits(model, policy);
        this.ticker = ticker;
        this.metrics = metrics;
        this.credit = new BulkCredit(policy.bulkShare(), policy.maxBatch());
    }

    /// Puts an entry at the end of its lane.
    ///
    /// @throws dev.fovea.inference.failure.InvalidInput if the entry alone is over a limit
    /// @throws dev.fovea.inference.failure.Overloaded if it is over a limit together with what waits
    void offer(Entry entry) {
        Slice all = Slice.all(entry);
        lock.lock();
        try {
            WaitingLane lane = lane(entry.lane());
            limits.check(all, lane, ticker.nanoTime());
            boolean wasEmpty = interactive.rows() + bulk.rows() == 0;
            lane.addLast(all);
            // Between the first entry and a full batch nothing can be decided anew: let the gather threads sleep.
            if (wasEmpty || interactive.rows() + bulk.rows() >= policy.maxBatch()) {
                changed.signalAll();
            }
            reportSize();
        } finally {
            lock.unlock();
        }
    }

    /// Queues `entry` for one instance alone, before the lanes and outside their limits.
    ///
    /// @throws Unavailable if that instance no longer takes batches
    void offerTo(Taker taker, Entry entry) {
        lock.lock();
        try {
            if (!takers.contains(taker)) {
                throw new Unavailable("INSTANCE_LOST", "this instance of model " + model + " no longer serves");
            }
            taker.directed.removeIf(slice -> !slice.entry().isOpen());
            taker.directed.addLast(Slice.all(entry));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Takes what is left of an entry out of the queue.
    void withdraw(Entry entry) {
        lock.lock();
        try {
            lane(entry.lane()).remove(entry);
            reportSize();
        } finally {
            lock.unlock();
        }
    }

    /// One more instance takes batches.
    Taker join() {
        lock.lock();
        try {
            Taker taker = new Taker();
            takers.add(taker);
            return taker;
        } finally {
            lock.unlock();
        }
    }

    /// An instance takes no more batches; entries meant for it alone fail.
    void leave(Taker taker) {
        lock.lock();
        try {
            takers.remove(taker);
            taker.directed.forEach(slice -> slice.entry().fail(lost()));
            taker.directed.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The owner thread of an instance has nothing to run.
    void ownerIdle(Taker taker) {
        lock.lock();
        try {
            taker.ownerIdle = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for a batch for one instance.
    ///
    /// @return empty once the queue has ended
    Optional<Batch> take(Taker taker) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!ended) {
                if (!taker.directed.isEmpty()) {
                    taker.ownerIdle = false;
                    return Optional.of(
                            new Batch(List.of(taker.directed.removeFirst()), BatchingMetrics.Dispatch.PROBE, 0));
                }
                long now = ticker.nanoTime();
                switch (policy.decide(view(taker), now)) {
                    case Dispatch dispatch -> {
                        Batch batch = form(dispatch, now);
                        if (!batch.slices().isEmpty()) {
                            taker.ownerIdle = false;
                            changed.signalAll(); // what remains may be another instance's
                            return Optional.of(batch);
                        }
                    }
                    case LookAgainAt look -> changed.awaitNanos(look.nanos() - now);
                    case Idle _ -> changed.await();
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// Forms a batch anew, at the moment it would run, if interactive entries have come that could ride in it
    /// instead of bulk rows.
    ///
    /// @return what to run instead; empty if the batch may run as it is
    Optional<Batch> refresh(Batch batch) {
        lock.lock();
        try {
            if (interactive.rows() == 0 || batch.displaceableRows() <= 0) {
                return Optional.empty();
            }
            putBack(batch);
            int size = Math.min(policy.maxBatch(), interactive.rows() + bulk.rows());
            return Optional.of(form(new Dispatch(size, batch.cause()), ticker.nanoTime()));
        } finally {
            lock.unlock();
        }
    }

    /// Takes back a batch that will not be run by the instance that took it.
    void giveBack(Batch batch) {
        lock.lock();
        try {
            if (batch.cause() == BatchingMetrics.Dispatch.PROBE) {
                batch.fail(lost());
                return;
            }
            putBack(batch);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// No further entry will come: what waits need not wait for more.
    void drain() {
        lock.lock();
        try {
            draining = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Lets all takers go.
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private QueueView view(Taker taker) {
        Demand demand = taker.ownerIdle
                ? Demand.NOW
                : takers.stream().anyMatch(other -> other.ownerIdle) ? Demand.NONE : Demand.AHEAD;
        long now = ticker.nanoTime();
        long oldest = Math.min(interactive.oldestNanos(now) - now, bulk.oldestNanos(now) - now) + now;
        return new QueueView(interactive.rows(), bulk.rows(), oldest, demand, draining);
    }

    @GuardedBy("lock")
    private Batch form(Dispatch dispatch, long nowNanos) {
        int reserved = interactive.rows() == 0 ? 0 : credit.reserve(dispatch.size(), bulk.rows());
        List<Slice> slices = new ArrayList<>(interactive.take(dispatch.size() - reserved, nowNanos));
        int interactiveRows = slices.stream().mapToInt(Slice::rows).sum();
        List<Slice> bulkSlices = bulk.take(dispatch.size() - interactiveRows, nowNanos);
        int bulkRows = bulkSlices.stream().mapToInt(Slice::rows).sum();
        slices.addAll(bulkSlices);
        int used = Math.min(reserved, bulkRows);
        credit.book(interactiveRows, used, bulk.rows() > 0);
        reportSize();
        return new Batch(slices, dispatch.cause(), used);
    }

    @GuardedBy("lock")
    private void putBack(Batch batch) {
        for (Slice slice : batch.slices().reversed()) {
            lane(slice.lane()).addFirst(slice);
        }
        credit.undo(batch.rows(Lane.INTERACTIVE), batch.reservedRows());
        reportSize();
    }

    @GuardedBy("lock")
    private WaitingLane lane(Lane lane) {
        return switch (lane) {
            case INTERACTIVE -> interactive;
            case BULK -> bulk;
        };
    }

    @GuardedBy("lock")
    private void reportSize() {
        metrics.queued(interactive.rows(), bulk.rows(), interactive.bytes() + bulk.bytes());
    }

    private Unavailable lost() {
        return new Unavailable("INSTANCE_LOST", "this instance of model " + model + " has stopped");
    }

    /// One instance as the queue sees it. Owned by the lock of its queue.
    static final class Taker {

        private final Deque<Slice> directed = new ArrayDeque<>();
        private boolean ownerIdle;

        private Taker() {}
    }
}
