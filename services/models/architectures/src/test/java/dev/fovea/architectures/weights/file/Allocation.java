package dev.fovea.architectures.weights.file;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// Bytes of heap that this thread takes.
final class Allocation {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    static long during(Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
