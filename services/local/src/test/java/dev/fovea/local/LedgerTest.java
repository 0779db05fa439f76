package dev.fovea.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.local.Ledger.Standing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Ledger ledger = new Ledger();

    @BeforeEach
    void sendTwo() {
        ledger.sent("t1", "a.jpg");
        ledger.sent("t2", "b.jpg");
    }

    @Test
    void balancesWhenEveryEventHasOneAnswer() {
        assertThat(ledger.answered("t2", false)).isEqualTo(Standing.AWAITED);
        assertThat(ledger.answered("t1", true)).isEqualTo(Standing.AWAITED);

        assertThat(ledger.balances()).isTrue();
        assertThat(ledger.answered()).isEqualTo(2);
        assertThat(ledger.deadLetters()).isEqualTo(1);
    }

    @Test
    void namesWhatIsMissing() {
        ledger.answered("t1", false);

        assertThat(ledger.balances()).isFalse();
        assertThat(ledger.missing()).containsExactly("b.jpg");
        assertThat(ledger.sent()).isEqualTo(2);
    }

    @Test
    void aSecondAnswerDoesNotBalance() {
        ledger.answered("t1", false);
        ledger.answered("t2", false);

        assertThat(ledger.answered("t2", true)).isEqualTo(Standing.REPEATED);
        assertThat(ledger.balances()).isFalse();
        assertThat(ledger.answered()).isEqualTo(2);
    }

    @Test
    void anAnswerToAnEarlierRunsEventOfTheSameKeyCountsForNothing() {
        assertThat(ledger.answered("trace of another run", false)).isEqualTo(Standing.FOREIGN);

        assertThat(ledger.missing()).containsExactly("a.jpg", "b.jpg");
    }
}
