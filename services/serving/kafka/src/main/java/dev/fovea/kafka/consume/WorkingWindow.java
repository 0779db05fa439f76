package dev.fovea.kafka.consume;

/// How many events may be worked on at once, learnt from what the service refuses and from what comes too late.
///
/// A refused attempt has cost a decoding, so retrying blindly would waste the very resource that is short. When the
/// service is overloaded the window shrinks to what it was still working on, and grows by one for every window of
/// answers (additive increase, as in TCP's congestion avoidance, RFC 5681 section 3.1). After a refusal nothing is
/// admitted until something was answered; if nothing is being worked on, one event probes after a delay.
///
/// A slow service need not refuse: as long as its queue takes them, more events than it answers within a deadline may
/// wait in it, and would fail one after another with nothing wrong with them. Whatever comes too late halves
/// the window.
final class WorkingWindow {

    private final int most;
    private double size; // owned by the consumer's thread, like the rest
    private int running;
    private boolean refused;
    private long probeAtNanos;

    /// @param most events at once, the window's size at first
    WorkingWindow(int most) {
        this.most = most;
        this.size = most;
    }

    boolean admits(long nowNanos) {
        if (refused) {
            return running == 0 && nowNanos - probeAtNanos >= 0;
        }
        return running < (int) size;
    }

    void started() {
        running++;
    }

    void answered() {
        running--;
        refused = false;
        size = Math.min(most, size + 1 / size);
    }

    /// An attempt failed or was cancelled, which says nothing about room.
    void ended() {
        running--;
    }

    /// An attempt waited until its deadline.
    void expired() {
        running--;
        size = Math.max(1, size / 2);
    }

    /// @param probeAtNanos when to try again if nothing is answered before
    /// @param tooMany whether fewer at once would have helped
    void refused(long probeAtNanos, boolean tooMany) {
        running--;
        if (tooMany) {
            size = Math.max(1, Math.min(size, running));
        }
        refused = true;
        this.probeAtNanos = probeAtNanos;
    }

    /// Whether the last thing heard was a refusal.
    boolean isRefused() {
        return refused;
    }

    int size() {
        return (int) size;
    }
}
