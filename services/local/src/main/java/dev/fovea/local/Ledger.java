package dev.fovea.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which events were sent and which of them a service has answered, told apart by the trace they belong to.
///
/// The key alone would not do: an earlier run may have left events of the same keys in the topic.
///
/// One thread at a time may call it.
final class Ledger {

    /// What an answer is to this run.
    enum Standing {
        /// The first to one of our events.
        AWAITED,
        /// A second one to one of our events, which exactly-once delivery rules out.
        REPEATED,
        /// To an event that somebody else sent, or an earlier run.
        FOREIGN
    }

    private final Map<String, String> open = new LinkedHashMap<>();
    private final Map<String, String> closed = new LinkedHashMap<>();
    private int deadLetters;
    private int repeated;

    /// @param trace unique to the event
    void sent(String trace, String key) {
        open.put(trace, key);
    }

    Standing answered(String trace, boolean asDeadLetter) {
        String key = open.remove(trace);
        if (key != null) {
            closed.put(trace, key);
            deadLetters += asDeadLetter ? 1 : 0;
            return Standing.AWAITED;
        }
        if (closed.containsKey(trace)) {
            repeated++;
            return Standing.REPEATED;
        }
        return Standing.FOREIGN;
    }

    int sent() {
        return open.size() + closed.size();
    }

    int answered() {
        return closed.size();
    }

    int waiting() {
        return open.size();
    }

    int deadLetters() {
        return deadLetters;
    }

    int repeated() {
        return repeated;
    }

    /// Keys of the events without an answer, in the order in which they were sent.
    List<String> missing() {
        return List.copyOf(open.values());
    }

    /// Whether every event has exactly one answer.
    boolean balances() {
        return open.isEmpty() && repeated == 0;
    }
}
