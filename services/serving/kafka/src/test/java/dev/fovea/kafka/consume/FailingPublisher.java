package dev.fovea.kafka.consume;

import dev.fovea.kafka.publish.Commit;
import dev.fovea.kafka.publish.Publisher;
import dev.fovea.kafka.publish.RecordsTooLarge;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// Fails once when told to; as brokers do, after or before the commit happened.
final class FailingPublisher implements Publisher {

    final List<Commit> published = new ArrayList<>();
    int recoveries;
    boolean open;
    int refusals;

    @Nullable
    RuntimeException failure;

    @Nullable
    RuntimeException recoveryFailure;

    @Override
    public void recover() {
        recoveries++;
        if (recoveryFailure != null) {
            throw recoveryFailure;
        }
        open = true;
    }

    @Override
    public void publish(Commit commit) throws RecordsTooLarge {
        published.add(commit);
        RuntimeException now = failure;
        failure = null;
        if (now != null) {
            throw now;
        }
        if (refusals > 0) {
            refusals--;
            throw new RecordsTooLarge(Set.copyOf(commit.records()), new KafkaException("too large"));
        }
    }

    @Override
    public void close() {
        open = false;
    }
}
