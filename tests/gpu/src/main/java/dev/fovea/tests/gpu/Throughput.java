package dev.fovea.tests.gpu;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.batching.BatchPolicy;
import dev.fovea.inference.batching.BatchingMetrics;
import dev.fovea.inference.lifecycle.HealthPolicy;
import dev.fovea.inference.lifecycle.ModelConfig;
import dev.fovea.inference.lifecycle.ModelLifecycle;
import dev.fovea.inference.lifecycle.ModelState;
import dev.fovea.inference.lifecycle.StateListener;
import dev.fovea.inference.lifecycle.Surroundings;
import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.onnxruntime.ExecutionProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/// Rows a second at the largest bucket, three ways.
///
/// @param raw ONNX Runtime with nothing around it
/// @param session through the adapter
/// @param batcher through model instance, queue and batcher, entries from many threads
record Throughput(int batch, double raw, double session, double batcher) {

    private static final int BATCHES_IN_FLIGHT = 4;
    private static final int REPETITIONS = 3;
    private static final Duration START_LIMIT = Duration.ofMinutes(10);

    /// Medians of repetitions in turn, so that a machine that slows down slows all three.
    static Throughput measure(Trial trial, ExecutionProvider provider, double seconds) throws Exception {
        double[][] rates = new double[REPETITIONS][];
        int batch = 0;
        for (int i = 0; i < REPETITIONS; i++) {
            try (ModelSession session = trial.loader().load(trial.model())) {
                batch = session.manifest().maxBatch();
                BatchBuffers buffers = session.newBuffers();
                RandomInput.fill(buffers.input(), batch);
                int rows = batch;
                double bySession = rate(() -> session.run(buffers, rows), seconds);
                rates[i] = new double[] {raw(trial, session, provider, batch, seconds), bySession, 0};
            }
            rates[i][2] = batched(trial, batch, seconds);
        }
        return new Throughput(batch, median(rates, 0), median(rates, 1), median(rates, 2));
    }

    private static double raw(Trial trial, ModelSession session, ExecutionProvider provider, int batch, double seconds)
            throws Exception {
        try (var loop = new RawLoop(trial.model().file(), session.manifest(), provider, batch)) {
            return rate(loop::run, seconds);
        }
    }

    private static double rate(Callable<Integer> run, double seconds) throws Exception {
        run.call(); // warm-up
        long start = System.nanoTime();
        long rows = 0;
        while (System.nanoTime() - start < seconds * 1e9) {
            rows += run.call();
        }
        return rows * 1e9 / (System.nanoTime() - start);
    }

    private static double batched(Trial trial, int batch, double seconds) throws Exception {
        var policy = new BatchPolicy(batch, Duration.ofMillis(2), Math.max(16_384, 8 * batch), 1L << 32, 0.125);
        var config = new ModelConfig(policy, 1, HealthPolicy.DEFAULT);
        try (var lifecycle = new ModelLifecycle(
                trial.model(), trial.loader(), config, Surroundings.system(BatchingMetrics.NONE, StateListener.NONE))) {
            lifecycle.start();
            ModelState state = lifecycle.awaitStarted(Deadline.after(START_LIMIT, Ticker.system()));
            if (!(state instanceof ModelState.Serving)) {
                throw new IllegalStateException("model " + trial.model() + " does not serve, it is " + state);
            }
            return drive(lifecycle, batch, seconds);
        }
    }

    /// Entries of a quarter of a batch from enough threads to keep several batches waiting.
    private static double drive(ModelLifecycle lifecycle, int batch, double seconds) throws Exception {
        int rows = Math.max(1, batch / 4);
        int callers = BATCHES_IN_FLIGHT * batch / rows;
        var counting = new AtomicBoolean();
        var stop = new AtomicBoolean();
        var finished = new LongAdder();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                running.add(threads.submit(() -> {
                    call(lifecycle, rows, counting, stop, finished);
                    return null;
                }));
            }
            Thread.sleep(500);
            counting.set(true);
            long start = System.nanoTime();
            Thread.sleep((long) (seconds * 1000));
            double rate = finished.sum() * 1e9 / (System.nanoTime() - start);
            stop.set(true);
            for (Future<?> each : running) {
                each.get();
            }
            return rate;
        }
    }

    private static void call(
            ModelLifecycle lifecycle, int rows, AtomicBoolean counting, AtomicBoolean stop, LongAdder finished)
            throws InterruptedException {
        Tensor items = Tensor.allocate(lifecycle.manifest().inputs().getFirst(), rows);
        RandomInput.fill(items, rows);
        while (!stop.get()) {
            lifecycle.batcher().infer(items, Lane.BULK, Deadline.after(Duration.ofMinutes(1), Ticker.system()));
            if (counting.get()) {
                finished.add(rows);
            }
        }
    }

    private static double median(double[][] rates, int column) {
        double[] values = new double[rates.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = rates[i][column];
        }
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
