package dev.fovea.inference.session;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/// What a [FakeModelSession] does when it is run; changed by tests at any time, from any thread.
public final class FakeScript {

    private volatile Predicate<Integer> poison = identity -> false;
    private volatile Predicate<Integer> lethal = identity -> false;
    private volatile boolean failing;
    private volatile boolean wrong;
    private volatile boolean held;
    private volatile Runnable before = () -> {};
    private final Semaphore entered = new Semaphore(0);
    private final Semaphore released = new Semaphore(0);

    /// Runs with a row of such an identity fail.
    public void poison(Predicate<Integer> identity) {
        poison = identity;
    }

    /// A run with a row of such an identity loses the session for good.
    public void lethal(Predicate<Integer> identity) {
        lethal = identity;
    }

    /// Every run fails, or no longer does.
    public void failing(boolean every) {
        failing = every;
    }

    /// Every run gives wrong answers, or no longer does.
    public void wrong(boolean every) {
        wrong = every;
    }

    /// Done at the beginning of every run.
    public void before(Runnable action) {
        before = action;
    }

    /// From now on every run waits for [#release].
    public void hold() {
        held = true;
    }

    /// Waits until a held run has begun; each call for one run.
    public void awaitRun() throws InterruptedException {
        entered.acquire();
    }

    /// Lets one held run go on.
    public void release() {
        released.release();
    }

    /// Lets all runs go on, held ones and those to come.
    public void releaseAll() {
        held = false;
        released.release(1 << 20);
    }

    boolean isWrong() {
        return wrong;
    }

    void play(List<float[]> items) throws SessionException {
        before.run();
        if (held) {
            entered.release();
            released.acquireUninterruptibly();
        }
        if (FakeModelSession.any(items, lethal)) {
            throw new SessionException("device is lost", true);
        }
        if (failing || FakeModelSession.any(items, poison)) {
            throw new SessionException("kernel failed", false);
        }
    }
}
