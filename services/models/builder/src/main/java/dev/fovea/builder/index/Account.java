package dev.fovea.builder.index;

import dev.fovea.proto.v1.WriteOutcome;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/// What became of many writes. Any thread may add to it.
final class Account {

    /// More would scroll everything else away.
    private static final int MOST_LISTED = 1_000;

    private final Map<WriteOutcome, Long> outcomes = new EnumMap<>(WriteOutcome.class); // guarded by this
    private final Map<String, String> refused = new TreeMap<>(); // guarded by this
    private long refusals; // guarded by this

    synchronized void count(WriteOutcome outcome) {
        outcomes.merge(outcome, 1L, Long::sum);
    }

    /// @param name of what was refused
    /// @param reason code and sentence
    synchronized void refuse(String name, String reason) {
        refusals++;
        if (refused.size() < MOST_LISTED) {
            refused.put(name, reason);
        }
    }

    /// Of every kind but refusals.
    synchronized long written() {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }

    synchronized boolean complete() {
        return refusals == 0;
    }

    /// `119 stored, 1 unchanged, 2 refused`.
    synchronized String summary() {
        return outcome(WriteOutcome.WRITE_OUTCOME_STORED) + " stored"
                + more(outcome(WriteOutcome.WRITE_OUTCOME_UNCHANGED), "unchanged")
                + more(outcome(WriteOutcome.WRITE_OUTCOME_STALE), "stale (a later version is stored)")
                + more(refusals, "refused");
    }

    /// One line for each refusal, sorted by name.
    synchronized void listRefusals(PrintWriter err) {
        refused.forEach((name, reason) -> err.println(name + ": " + reason));
        if (refusals > refused.size()) {
            err.println("and " + (refusals - refused.size()) + " more");
        }
        err.flush();
    }

    private long outcome(WriteOutcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    private static String more(long count, String word) {
        return count == 0 ? "" : ", " + count + " " + word;
    }
}
