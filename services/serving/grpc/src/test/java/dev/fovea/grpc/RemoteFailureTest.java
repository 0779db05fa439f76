package dev.fovea.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.inference.failure.InferenceFailure;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.inference.failure.Overloaded;
import dev.fovea.inference.failure.SourceUnavailable;
import dev.fovea.inference.failure.Unavailable;
import io.grpc.Status;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RemoteFailureTest {
    private static final String SERVICE = "the patch description service at host:9000";

    private final StatusMapping statuses = new StatusMapping(() -> "incident-7");

    static Stream<Arguments> failures() {
        return Stream.of(
                argumentSet("invalid input", new InvalidInput("TOO_LARGE", "x", 9, 4), InvalidInput.class, "TOO_LARGE"),
                argumentSet(
                        "overloaded",
                        new Overloaded("FULL", "x", 9, 4, Duration.ofMillis(1_250)),
                        Overloaded.class,
                        "FULL"),
                argumentSet("deadline", new DeadlineExceeded("x"), DeadlineExceeded.class, "DEADLINE_EXCEEDED"),
                argumentSet("unavailable", new Unavailable("DRAINING", "x"), Unavailable.class, "DRAINING"),
                argumentSet("source", new SourceUnavailable("GONE", "x"), Unavailable.class, "GONE"),
                argumentSet("model", new ModelFailed("x", new RuntimeException()), ModelFailed.class, "MODEL_FAILED"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatAnotherServiceAnsweredIsTheSameFailureHere(
            InferenceFailure there, Class<? extends InferenceFailure> type, String code) {
        InferenceFailure here = RemoteFailure.of(SERVICE, statuses.exception(there));

        assertThat(here).isInstanceOf(type).hasMessageStartingWith(SERVICE).hasMessageEndingWith(", x");
        assertThat(here.code()).isEqualTo(code);
        assertThat(here.value()).isEqualTo(there.value());
        assertThat(here.limit()).isEqualTo(there.limit());
    }

    @Test
    void anOverloadedServicesDelayIsPassedOn() {
        var there = new Overloaded("FULL", "x", 9, 4, Duration.ofMillis(1_250));

        assertThat(RemoteFailure.of(SERVICE, statuses.exception(there)))
                .isInstanceOfSatisfying(
                        Overloaded.class, here -> assertThat(here.retryAfter()).isEqualTo(Duration.ofMillis(1_250)));
    }

    @Test
    void whatIsNoAnswerOfOursHasACodeOfItsOwn() {
        assertThat(code(Status.INVALID_ARGUMENT)).isEqualTo("REMOTE_REFUSED");
        assertThat(code(Status.RESOURCE_EXHAUSTED)).isEqualTo("REMOTE_OVERLOADED");
        assertThat(code(Status.UNAVAILABLE)).isEqualTo("REMOTE_UNAVAILABLE");
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"UNAVAILABLE", "UNIMPLEMENTED", "NOT_FOUND", "CANCELLED", "PERMISSION_DENIED", "UNAUTHENTICATED"})
    void aServiceThatIsAwayOrNotTheOneThatWasMeantIsUnavailable(Status.Code status) {
        assertThat(RemoteFailure.of(SERVICE, status.toStatus().asRuntimeException()))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining(status.name());
    }

    private static String code(Status status) {
        return RemoteFailure.of(SERVICE, status.asRuntimeException()).code();
    }
}
