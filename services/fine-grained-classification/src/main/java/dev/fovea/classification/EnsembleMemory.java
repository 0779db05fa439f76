package dev.fovea.classification;

import dev.fovea.inference.Permits;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.Overloaded;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Bounds the memory of ensembles' inputs. A queue counts what waits in it; but while one member answers, the inputs
/// of all others are there and wait in no queue. Nobody waits here: what does not fit is refused. Any thread.
public final class EnsembleMemory {
    private static final Duration RETRY_AFTER = Duration.ofMillis(100);

    private final long limitBytes;
    private final AtomicLong heldBytes = new AtomicLong();

    /// @param limitBytes of all requests together, at least 1
    public EnsembleMemory(long limitBytes) {
        if (limitBytes < 1) {
            throw new IllegalArgumentException("memory for inputs of ensembles is " + limitBytes + " bytes, below 1");
        }
        this.limitBytes = limitBytes;
    }

    /// Counts a request's inputs until the caller closes what it gets; a single model's are its queue's affair.
    ///
    /// @throws InvalidInput `ENSEMBLE_TOO_LARGE` if they alone are over the limit
    /// @throws Overloaded `ENSEMBLES_BUSY` if they are over it together with those of others
    Permits.Permit hold(Ensemble ensemble, ViewChoice views) {
        if (ensemble.members().size() == 1) {
            return () -> {};
        }
        long bytes = ensemble.inputBytes(views);
        if (bytes > limitBytes) {
            throw new InvalidInput(
                    "ENSEMBLE_TOO_LARGE",
                    "the inputs of this ensemble are " + bytes + " bytes; the limit is " + limitBytes + " bytes",
                    bytes + " bytes",
                    limitBytes + " bytes");
        }
        long together = heldBytes.addAndGet(bytes);
        if (together > limitBytes) {
            heldBytes.addAndGet(-bytes);
            throw new Overloaded(
                    "ENSEMBLES_BUSY",
                    "inputs of ensembles would be " + together + " bytes; the limit is " + limitBytes + " bytes",
                    together + " bytes",
                    limitBytes + " bytes",
                    RETRY_AFTER);
        }
        return () -> heldBytes.addAndGet(-bytes);
    }
}
