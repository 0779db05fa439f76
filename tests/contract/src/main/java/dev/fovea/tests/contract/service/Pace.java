package dev.fovea.tests.contract.service;

/// How many events may have been sent. Without it a quick service would have answered all of them before the second
/// blow.
///
/// One thread waits, another allows.
final class Pace {

    private final Object lock = new Object();
    private int allowed; // guarded by lock

    /// Allows this many events in all; never fewer than before.
    void allow(int events) {
        synchronized (lock) {
            allowed = Math.max(allowed, events);
            lock.notifyAll();
        }
    }

    /// Waits until the event of this number may be sent.
    void await(int number) throws InterruptedException {
        synchronized (lock) {
            while (number >= allowed) {
                lock.wait();
            }
        }
    }
}
