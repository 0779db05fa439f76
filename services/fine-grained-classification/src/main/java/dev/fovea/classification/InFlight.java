package dev.fovea.classification;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Permits;
import dev.fovea.inference.Stage;
import dev.fovea.inference.StageClock;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.batching.Batcher;
import dev.fovea.inference.batching.Inferred;
import dev.fovea.inference.session.OutputSet;

/// A request on its way through the stages; owned by its thread.
record InFlight(Lane lane, Deadline deadline, StageClock clock, Ticker ticker) {

    static InFlight starting(Lane lane, Deadline deadline, Ticker ticker) {
        return new InFlight(lane, deadline, new StageClock(ticker), ticker);
    }

    /// Waits for a permit, which belongs to no stage; the caller closes it as soon as it can.
    Permits.Permit acquire(Permits permits) throws InterruptedException {
        Permits.Permit permit = permits.acquire(lane, deadline);
        clock.waited();
        return permit;
    }

    /// The two stages in the middle: batch, infer.
    Inferred infer(Batcher batcher, Tensor items, OutputSet outputs) throws InterruptedException {
        Inferred inferred = batcher.infer(items, outputs, lane, deadline);
        clock.inferred(inferred.queueNanos(), inferred.inferNanos());
        return inferred;
    }

    /// @param goal what would come next, as the message names it: "the image was prepared"
    void requireWanted(String goal) throws InterruptedException {
        deadline.requireWanted(ticker, goal);
    }

    void ended(Stage stage) {
        clock.ended(stage);
    }
}
