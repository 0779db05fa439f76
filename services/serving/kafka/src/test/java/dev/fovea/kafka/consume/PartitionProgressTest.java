package dev.fovea.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionProgressTest {

    private final PartitionProgress<String> progress = new PartitionProgress<>();

    static Stream<Arguments> prefixes() {
        return Stream.of(
                argumentSet("nothing is polled", List.of(), List.of(), List.of()),
                argumentSet("nothing is finished", List.of(4L, 5L), List.of(), List.of()),
                argumentSet("the first is finished", List.of(4L, 5L), List.of(4L), List.of("4")),
                argumentSet("only a later one is finished", List.of(4L, 5L, 6L), List.of(6L, 5L), List.of()),
                argumentSet("a gap holds up what follows", List.of(4L, 5L, 6L), List.of(6L, 4L), List.of("4")),
                argumentSet("all in reverse", List.of(4L, 5L, 6L), List.of(6L, 5L, 4L), List.of("4", "5", "6")),
                argumentSet("offsets with holes", List.of(4L, 9L, 20L), List.of(9L, 4L), List.of("4", "9")));
    }

    @ParameterizedTest
    @MethodSource("prefixes")
    void committableIsTheFinishedPrefixInOffsetOrder(List<Long> started, List<Long> finished, List<String> expected) {
        started.forEach(offset -> progress.started(offset, Long.toString(offset)));
        finished.forEach(progress::finished);

        assertThat(progress.finishedPrefix()).isEqualTo(expected);
        assertThat(progress.hasUnfinished()).isEqualTo(finished.size() < started.size());
    }

    @Test
    void aCommitForgetsWhatIsBeforeItsOffsetOnly() {
        for (long offset = 1; offset <= 4; offset++) {
            progress.started(offset, Long.toString(offset));
        }
        progress.finished(1);
        progress.finished(2);

        assertThat(progress.committed(3)).containsExactly("1", "2");
        assertThat(progress.all()).containsExactly("3", "4");
        assertThat(progress.finishedPrefix()).isEmpty();
    }

    @Test
    void aCommitBySomebodyElseForgetsUnfinishedEventsToo() {
        progress.started(1, "1");
        progress.started(2, "2");

        assertThat(progress.committed(2)).containsExactly("1");
        assertThat(progress.all()).containsExactly("2");
    }

    @Test
    void refusesOffsetsThatGoBack() {
        progress.started(7, "7");

        assertThatIllegalStateException()
                .isThrownBy(() -> progress.started(7, "again"))
                .withMessage("offset 7 was polled after offset 7");
    }

    @Test
    void refusesToFinishWhatIsNotInFlight() {
        assertThatIllegalStateException()
                .isThrownBy(() -> progress.finished(3))
                .withMessage("offset 3 finished but is not in flight");
    }
}
