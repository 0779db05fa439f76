package dev.fovea.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.inference.failure.Overloaded;
import dev.fovea.inference.failure.Unavailable;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final long MIB = 1 << 20;

    private final Admission admission = new Admission(new AdmissionLimits(2, 3, MIB, Duration.ofMillis(5)));

    @Test
    void refusesTheCallOverTheLimitOfItsConnection() {
        admission.enter("a");
        admission.enter("a");

        assertThatThrownBy(() -> admission.enter("a")).isInstanceOfSatisfying(Overloaded.class, overloaded -> {
            assertThat(overloaded.code()).isEqualTo("CONNECTION_OVERLOADED");
            assertThat(overloaded.value()).isEqualTo("2");
            assertThat(overloaded.limit()).isEqualTo("2");
            assertThat(overloaded.retryAfter()).isEqualTo(Duration.ofMillis(5));
        });
        assertThatCode(() -> admission.enter("b")).doesNotThrowAnyException();
    }

    @Test
    void refusesTheCallOverTheLimitOfAllConnections() {
        admission.enter("a");
        admission.enter("b");
        admission.enter("c");

        assertThatThrownBy(() -> admission.enter("d"))
                .isInstanceOf(Overloaded.class)
                .hasMessage("3 calls in flight; the limit is 3");
    }

    @Test
    void anEndedCallMakesRoom() {
        admission.enter("a");
        admission.enter("a").release();

        assertThatCode(() -> admission.enter("a")).doesNotThrowAnyException();
        assertThat(admission.calls()).isEqualTo(2);
    }

    @Test
    void aCancelledCallCountsUntilItsWorkHasEnded() {
        Ticket ticket = admission.enter("a");
        Ticket.Hold work = ticket.hold(10);

        ticket.release();

        assertThat(admission.calls()).isEqualTo(1);
        assertThat(admission.bytes()).isEqualTo(10);
        work.close();
        assertThat(admission.calls()).isZero();
        assertThat(admission.bytes()).isZero();
    }

    @Test
    void refusesTheRequestThatDoesNotFitIntoTheBytes() {
        Ticket ticket = admission.enter("a");
        Ticket.Hold first = ticket.hold(MIB - 1);

        assertThatThrownBy(() -> ticket.hold(2))
                .isInstanceOf(Overloaded.class)
                .hasMessageContaining("2 bytes")
                .hasMessageContaining("limit is 1048576 bytes");
        first.close();
        assertThatCode(() -> ticket.hold(2)).doesNotThrowAnyException();
    }

    @Test
    void aSingleRequestMayBeLargerThanTheBytesOfAll() {
        assertThatCode(() -> admission.enter("a").hold(3 * MIB)).doesNotThrowAnyException();
    }

    @Test
    void answersHaveAsManyBytesOfTheirOwn() {
        Ticket ticket = admission.enter("a");
        ticket.hold(MIB);

        Ticket.Hold first = ticket.holdAnswer(MIB - 1);

        assertThatThrownBy(() -> ticket.holdAnswer(2)).isInstanceOfSatisfying(Overloaded.class, overloaded -> {
            assertThat(overloaded.code()).isEqualTo("SERVER_OVERLOADED");
            assertThat(overloaded)
                    .hasMessage("an answer of 2 bytes does not fit beside the 1048575 bytes that clients have not yet"
                            + " taken; the limit is 1048576 bytes");
        });
        first.close();
        ticket.holdAnswer(3 * MIB).close();
        assertThat(admission.answerBytes()).isZero();
    }

    @Test
    void anAnswerThatIsKeptCountsUntilItsCallHasEnded() {
        Ticket ticket = admission.enter("a");
        Ticket.Hold work = ticket.hold(1);
        ticket.keepAnswer(10);

        work.close();
        assertThat(admission.answerBytes()).isEqualTo(10);

        ticket.release();
        assertThat(admission.answerBytes()).isZero();
    }

    @Test
    void answersOfCallsInFlightAreTakenWhileDraining() {
        Ticket before = admission.enter("a");

        admission.drain();
        before.keepAnswer(10);

        assertThat(admission.answerBytes()).isEqualTo(10);
    }

    @Test
    void takesNothingNewWhileDraining() {
        Ticket before = admission.enter("a");

        admission.drain();

        assertThatThrownBy(() -> admission.enter("b")).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> before.hold(1)).isInstanceOf(Unavailable.class);
        before.release();
        assertThat(admission.calls()).isZero();
    }
}
