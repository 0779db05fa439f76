package dev.fovea.tests.load;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// What came back in the measured part of a run.
///
/// Filled by many threads, read when all calls are done.
final class Outcome {

    private final Growing latenciesMillis = new Growing();
    private final Growing refusalsMillis = new Growing();
    private final Map<String, Integer> failures = new TreeMap<>();
    private long rows;

    synchronized void answered(int answeredRows, double latencyMillis) {
        rows += answeredRows;
        latenciesMillis.add(latencyMillis);
    }

    synchronized void failed(String status, double latencyMillis) {
        failures.merge(status, 1, Integer::sum);
        refusalsMillis.add(latencyMillis);
    }

    synchronized long rows() {
        return rows;
    }

    synchronized int answers() {
        return latenciesMillis.size();
    }

    /// Calls by gRPC status, the answered left out.
    synchronized Map<String, Integer> failures() {
        return new TreeMap<>(failures);
    }

    synchronized double latencyMillis(double quantile) {
        return Samples.quantile(quantile, latenciesMillis.values());
    }

    /// NaN if nothing was refused.
    synchronized double refusalMillis(double quantile) {
        return refusalsMillis.size() == 0 ? Double.NaN : Samples.quantile(quantile, refusalsMillis.values());
    }

    /// An array that grows.
    private static final class Growing {

        private double[] values = new double[1024];
        private int size;

        void add(double value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        int size() {
            return size;
        }

        double[] values() {
            return Arrays.copyOf(values, size);
        }
    }
}
