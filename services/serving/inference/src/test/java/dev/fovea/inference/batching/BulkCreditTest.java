package dev.fovea.inference.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BulkCreditTest {

    @ParameterizedTest
    @CsvSource({"1, 0.125", "1, 0.5", "2, 0.1", "32, 0.125", "32, 0.1", "32, 0.5", "256, 0.01"})
    void bulkGetsItsShareWhileBothLanesAreFull(int size, double share) {
        BulkCredit credit = new BulkCredit(share, size);
        int batches = 10_000;
        long bulkRows = 0;
        for (int i = 0; i < batches; i++) {
            int reserved = credit.reserve(size, Integer.MAX_VALUE);
            credit.book(size - reserved, reserved, true);
            bulkRows += reserved;
        }
        assertThat((double) bulkRows / batches / size).isCloseTo(share, within(0.001));
    }

    @Test
    void bulkGetsNothingWithoutAShare() {
        BulkCredit credit = new BulkCredit(0, 32);
        credit.book(32_000, 0, true);

        assertThat(credit.reserve(32, 32)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0.125", "0.5"})
    void aBatchOfOneBulkRowIsFollowedByAnInteractiveOne(double share) {
        BulkCredit credit = new BulkCredit(share, 1);
        boolean bulkBefore = false;
        for (int i = 0; i < 1000; i++) {
            int reserved = credit.reserve(1, 1);
            assertThat(bulkBefore && reserved == 1).isFalse();
            credit.book(1 - reserved, reserved, true);
            bulkBefore = reserved == 1;
        }
    }

    @Test
    void nothingIsSavedUpWhileNoBulkRowWaits() {
        BulkCredit credit = new BulkCredit(0.5, 32);
        credit.book(320, 0, false);

        assertThat(credit.reserve(32, 32)).isZero();
    }

    @Test
    void undoRestoresWhatWasBooked() {
        BulkCredit credit = new BulkCredit(0.5, 32);
        credit.book(8, 0, true);
        int before = credit.reserve(32, 32);
        credit.book(16, before, true);
        credit.undo(16, before);

        assertThat(before).isEqualTo(8);
        assertThat(credit.reserve(32, 32)).isEqualTo(before);
    }
}
