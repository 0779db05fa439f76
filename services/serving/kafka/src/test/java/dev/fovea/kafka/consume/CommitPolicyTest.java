package dev.fovea.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitPolicyTest {

    /// A commit of 10 records or 1000 bytes is worth while, or what there is after 50 ns.
    @ParameterizedTest
    @CsvSource({
        "0, 0, 1000, false, false",
        "1, 1, 49, false, true",
        "1, 1, 50, true, true",
        "9, 999, 0, false, true",
        "10, 1, 0, true, true",
        "1, 1000, 0, true, true"
    })
    void aTransactionWaitsForCompanyAndNothingElseDoes(
            int records, long bytes, long sinceLast, boolean withTransactions, boolean without) {
        assertThat(new CommitPolicy(true, 10, 1000, 50).isDue(records, bytes, sinceLast))
                .isEqualTo(withTransactions);
        assertThat(new CommitPolicy(false, 10, 1000, 50).isDue(records, bytes, sinceLast))
                .isEqualTo(without);
    }
}
