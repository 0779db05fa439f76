package dev.fovea.kafka.publish;

import java.util.Set;

/// Brokers refused records for their size; nothing of the commit is visible.
public final class RecordsTooLarge extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Set<Outgoing> records;

    public RecordsTooLarge(Set<Outgoing> records, Throwable cause) {
        super(cause);
        this.records = Set.copyOf(records);
    }

    public Set<Outgoing> records() {
        return records;
    }
}
