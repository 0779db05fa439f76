package dev.fovea.retrieval.wiring;

import dev.fovea.inference.failure.Unavailable;
import dev.fovea.inference.lifecycle.ServingModel;
import dev.fovea.retrieval.Collections;
import dev.fovea.vectorindex.IndexRefused;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the indexes of a model: again and again while an engine is unavailable, after 250 ms first, then twice
/// as long each time up to 30 s. What is refused ends the process, since waiting would not help, unless it is
/// ending already. Anything else stays the collections' problem. Any thread but those that closing waits for.
///
/// @param afterwards runs after each attempt, however it ended
/// @param refusal ends the process; given one sentence
record OpeningAttempts(Collections collections, Runnable afterwards, Consumer<String> refusal) {
    private static final Logger LOG = LoggerFactory.getLogger(OpeningAttempts.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(250);
    private static final Duration LAST_WAIT = Duration.ofSeconds(30);

    /// Returns when nothing is left to try.
    void open(ServingModel model, List<ServingModel> loaded) {
        try {
            Duration wait = FIRST_WAIT;
            while (mustTryAgain(model, loaded) && !collections.awaitClosed(wait)) {
                Duration twice = wait.multipliedBy(2);
                wait = twice.compareTo(LAST_WAIT) < 0 ? twice : LAST_WAIT;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean mustTryAgain(ServingModel model, List<ServingModel> loaded) {
        try {
            collections.open(model, loaded);
        } catch (IndexRefused refused) {
            refuse(refused);
        } catch (Unavailable unavailable) {
            LOG.atWarn().setCause(unavailable).log("an index cannot be opened now, it is tried again");
            return true;
        } catch (RuntimeException | Error unexpected) {
            LOG.atError().setCause(unexpected).log("an index could not be opened");
        } finally {
            afterwards.run();
        }
        return false;
    }

    private void refuse(IndexRefused refused) {
        if (collections.isClosed()) {
            LOG.atInfo().setCause(refused).log("an index was refused while the process ends");
            return;
        }
        LOG.error("an index is refused, the process ends: {}", refused.getMessage());
        LOG.debug("the refusal of the index", refused);
        refusal.accept(String.valueOf(refused.getMessage()));
    }
}
