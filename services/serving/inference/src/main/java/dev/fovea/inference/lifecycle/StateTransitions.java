package dev.fovea.inference.lifecycle;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fovea.inference.Deadline;
import dev.fovea.repository.ModelVersion;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The state of one model, and the one place where it changes. Any thread may call.
final class StateTransitions {

    private static final Logger LOG = LoggerFactory.getLogger(StateTransitions.class);

    private final ModelVersion model;
    private final Surroundings surroundings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    @GuardedBy("lock")
    private ModelState state = new ModelState.Loading();

    @GuardedBy("lock")
    private long sinceNanos;

    StateTransitions(ModelVersion model, Surroundings surroundings) {
        this.model = model;
        this.surroundings = surroundings;
        this.sinceNanos = surroundings.ticker().nanoTime();
    }

    ModelState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    /// Takes a legal exit of `from`, if that is the state now.
    ///
    /// @return whether it was
    <S extends ModelState> boolean transition(Class<S> from, Function<S, ModelState> exit) {
        lock.lock();
        try {
            if (!from.isInstance(state)) {
                return false;
            }
            ModelState left = state;
            state = exit.apply(from.cast(state));
            logChange(left);
            changed.signalAll();
            surroundings.listener().changed(model, left, state); // under the lock, so that it hears in order
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the model is neither loading nor warming, or the deadline has passed.
    ///
    /// @return the state then
    ModelState awaitStarted(Deadline deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (state instanceof ModelState.Loading || state instanceof ModelState.Warming) {
                long remaining = deadline.remainingNanos(surroundings.ticker());
                if (remaining <= 0) {
                    break;
                }
                changed.awaitNanos(remaining);
            }
            return state;
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void logChange(ModelState left) {
        long now = surroundings.ticker().nanoTime();
        LOG.atInfo()
                .addKeyValue("model", model)
                .addKeyValue("from", left.label())
                .addKeyValue("to", state.label())
                .addKeyValue("millisInFrom", Duration.ofNanos(now - sinceNanos).toMillis())
                .log("model changes state");
        sinceNanos = now;
    }
}
