package dev.fovea.grpc;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;

/// Makes virtual threads and remembers them.
final class Threads implements ThreadFactory {
    private final ThreadFactory virtual = Thread.ofVirtual().name("call-", 0).factory();
    private final List<Thread> made = new CopyOnWriteArrayList<>();

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = virtual.newThread(task);
        made.add(thread);
        return thread;
    }

    int count() {
        return made.size();
    }

    void join() throws InterruptedException {
        for (Thread thread : made) {
            thread.join();
        }
    }
}
