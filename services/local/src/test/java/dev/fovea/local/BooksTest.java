package dev.fovea.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BooksTest {

    private final Books books = new Books(List.of(plan("one"), plan("two")));

    @BeforeEach
    void sendOne() {
        books.sent("trace", "a.jpg");
    }

    @Test
    void anEventIsWaitedForUntilEveryServiceHasAnswered() {
        books.answered(result("one"));

        assertThat(books.waiting()).isEqualTo(1);
        assertThat(books.answered()).isEqualTo(1);
        assertThat(books.balance(1)).isFalse();

        books.answered(result("two"));

        assertThat(books.waiting()).isZero();
        assertThat(books.answered()).isEqualTo(2);
        assertThat(books.balance(1)).isTrue();
    }

    @Test
    void aServiceThatAnswersTwiceDoesNotMakeUpForTheOther() {
        books.answered(result("one"));

        assertThat(books.answered(result("one"))).isEqualTo(Ledger.Standing.REPEATED);
        assertThat(books.balance(1)).isFalse();
        assertThat(books.total(1))
                .containsExactly(
                        "one: 7 seen, 0 dead letters, 0 lost, 1 answered twice",
                        "two: 7 seen, 0 dead letters, 1 lost, 0 answered twice",
                        "LOST a.jpg");
    }

    @Test
    void aDeadLetterIsAnAnswer() {
        books.answered(result("one"));
        books.answered(new Answer.DeadLetter("two", "a.jpg", "trace", "IMAGE_UNDECODABLE", "no image"));

        assertThat(books.balance(1)).isTrue();
        assertThat(books.total(1)).contains("two: 7 seen, 1 dead letters, 0 lost, 0 answered twice");
    }

    @Test
    void whatAnotherServiceAnswersIsForeign() {
        assertThat(books.answered(result("three"))).isEqualTo(Ledger.Standing.FOREIGN);
        assertThat(books.answered()).isZero();
    }

    @Test
    void whatWasNotSentDoesNotBalance() {
        books.answered(result("one"));
        books.answered(result("two"));

        assertThat(books.balance(2)).isFalse();
    }

    private static Answer result(String service) {
        return new Answer.Result(service, "trace", new Reception.Received("a.jpg", "", image -> {}));
    }

    private static ServicePlan plan(String name) {
        PortChoice any = new PortChoice("--port", OptionalInt.empty(), 9000);
        return new ServicePlan(
                name,
                "events",
                name + "-results",
                new ServicePlan.Launch(any, any, List.of(), Map.of()),
                new Seven(),
                new ServicePlan.Example("", ""));
    }

    private record Seven() implements Reception {

        @Override
        public Received read(byte[] value) {
            return new Received("", "", image -> {});
        }

        @Override
        public void skip(ImageFile image) {
            // Nothing is drawn here.
        }

        @Override
        public String total() {
            return "7 seen";
        }
    }
}
