package dev.fovea.retrieval;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.StageClock;
import dev.fovea.inference.Ticker;

/// A request on its way through the stages; owned by its thread.
record InFlight(Lane lane, Deadline deadline, StageClock clock, Ticker ticker) {

    static InFlight starting(Lane lane, Deadline deadline, Ticker ticker) {
        return new InFlight(lane, deadline, new StageClock(ticker), ticker);
    }

    /// @param goal what would come next, as the message names it: "the image was prepared"
    void requireWanted(String goal) throws InterruptedException {
        deadline.requireWanted(ticker, goal);
    }
}
