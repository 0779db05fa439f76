package dev.fovea.inference.batching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.ManualTicker;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.inference.session.FakeModel;
import dev.fovea.inference.session.OutputSet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryTest {

    private final Unavailable failure = new Unavailable("TEST", "first");

    private final ManualTicker ticker = new ManualTicker();
    private final Tensor batchInput = Tensor.allocate(FakeModel.INPUT, 8);
    private final List<Tensor> batchOutputs =
            FakeModel.OUTPUTS.stream().map(spec -> Tensor.allocate(spec, 8)).toList();
    private final Entry entry = new Entry(
            new Call(
                    FakeModel.items(10, 11, 12),
                    OutputSet.ANSWERS,
                    Lane.BULK,
                    Deadline.after(Duration.ofMillis(50), ticker)),
            ticker.nanoTime(),
            FakeModel.manifest(8));

    @Test
    void rowsAreAnsweredInTheirPlaceWhateverBatchTheyRodeIn() throws InterruptedException {
        ride(2, 1, 5, 4);
        assertThat(entry.isOpen()).isTrue();
        ride(0, 2, 1, 8);

        Inferred answer = answer();

        BatcherRig.assertAnswers(answer, 10, 11, 12);
        assertThat(answer.batchRows()).isEqualTo(8);
    }

    @Test
    void timesRunFromTheQueueToTheFirstRunAndFromThereToTheLast() throws InterruptedException {
        ticker.advance(Duration.ofMillis(3));
        ride(0, 1, 0, 1);
        ticker.advance(Duration.ofMillis(4));
        ride(1, 2, 0, 2);

        assertThat(answer().queueNanos()).isEqualTo(Duration.ofMillis(3).toNanos());
        assertThat(answer().inferNanos()).isEqualTo(Duration.ofMillis(4).toNanos());
    }

    @Test
    void theFirstOutcomeStays() throws InterruptedException {
        entry.fail(failure);
        entry.fail(new Unavailable("TEST", "second"));
        entry.withdraw();
        ride(0, 3, 0, 3);

        assertThat(entry.await(ticker)).isEqualTo(new Entry.Outcome.Failed(failure));
    }

    @Test
    void itemsAreNotReadOnceTheEntryHasEnded() {
        entry.withdraw();

        assertThat(entry.gather(0, 3, batchInput, 0)).isFalse();
        assertThat(batchInput.row(0)).containsExactly(0, 0);
    }

    @Test
    void expiresAtItsDeadlineAndNotBefore() {
        entry.expire(ticker.nanoTime() + Duration.ofMillis(50).toNanos() - 1);
        assertThat(entry.isOpen()).isTrue();

        entry.expire(ticker.nanoTime() + Duration.ofMillis(50).toNanos());
        assertThat(entry.isOpen()).isFalse();
    }

    /// Lets `rows` rows from `from` ride at row `at` of a batch of `batchRows`, computed by the fake model's
    /// formula.
    private void ride(int from, int rows, int at, int batchRows) {
        entry.started(ticker.nanoTime(), batchRows);
        if (entry.gather(from, rows, batchInput, at)) {
            for (int row = at; row < at + rows; row++) {
                int identity = Math.round(batchInput.row(row)[0]);
                batchOutputs.getFirst().floats().put(3 * row, FakeModel.answerTo(identity));
                batchOutputs.get(1).floats().put(row, identity);
            }
        }
        entry.answer(from, rows, batchOutputs, at, ticker.nanoTime());
    }

    private Inferred answer() throws InterruptedException {
        if (entry.await(ticker) instanceof Entry.Outcome.Answered(Inferred inferred)) {
            return inferred;
        }
        throw new AssertionError("not answered");
    }
}
