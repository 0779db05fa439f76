package dev.fovea.builder.index.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.Any;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatsTest {

    private final List<Duration> pauses = new ArrayList<>();
    private int calls;

    @Test
    void pausesGrowUpToTenSeconds() throws CallFailed, InterruptedException {
        String answer = repeats(Duration.ofMinutes(5), 1).run(failing(9, Status.UNAVAILABLE.asRuntimeException()));

        assertThat(answer).isEqualTo("done");
        assertThat(pauses)
                .extracting(Duration::toMillis)
                .containsExactly(200L, 400L, 800L, 1600L, 3200L, 6400L, 10_000L, 10_000L, 10_000L);
    }

    @Test
    void aPauseIsAtLeastHalfItsLengthWhateverChanceSays() throws CallFailed, InterruptedException {
        repeats(Duration.ofMinutes(5), 0).run(failing(3, Status.UNAVAILABLE.asRuntimeException()));

        assertThat(pauses).extracting(Duration::toMillis).containsExactly(100L, 200L, 400L);
    }

    @Test
    void aPauseIsNeverShorterThanTheServiceAskedFor() throws CallFailed, InterruptedException {
        repeats(Duration.ofMinutes(5), 0).run(failing(2, overloaded(Duration.ofMillis(3500))));

        assertThat(pauses).extracting(Duration::toMillis).containsExactly(3500L, 3500L);
    }

    @Test
    void theLastFailureIsThrownWhenPatienceIsAtItsEnd() {
        assertThatExceptionOfType(CallFailed.class)
                .isThrownBy(() -> repeats(Duration.ofSeconds(1), 1)
                        .run(failing(
                                100,
                                Status.UNAVAILABLE.withDescription("draining").asRuntimeException())))
                .withMessageContaining("draining")
                .withMessageEndingWith("(tried 3 times)");
        assertThat(pauses).extracting(Duration::toMillis).containsExactly(200L, 400L);
    }

    @Test
    void whatWillNotPassIsNotRepeated() {
        for (StatusRuntimeException failure : List.of(
                Status.INVALID_ARGUMENT.asRuntimeException(),
                Status.INTERNAL.asRuntimeException(),
                Status.DEADLINE_EXCEEDED.asRuntimeException(),
                Status.RESOURCE_EXHAUSTED.asRuntimeException())) {
            calls = 0;

            assertThatExceptionOfType(CallFailed.class)
                    .isThrownBy(() -> repeats(Duration.ofMinutes(1), 1).run(failing(1, failure)));

            assertThat(calls).as(failure.toString()).isEqualTo(1);
        }
    }

    private Repeats repeats(Duration patience, double jitter) {
        return new Repeats(patience, pauses::add, () -> jitter);
    }

    private Repeats.Call<String> failing(int times, StatusRuntimeException failure) {
        return () -> {
            if (++calls <= times) {
                throw CallFailed.of(failure, "localhost:9002", Duration.ofSeconds(60));
            }
            return "done";
        };
    }

    private static StatusRuntimeException overloaded(Duration retryAfter) {
        return StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                .setCode(Status.Code.RESOURCE_EXHAUSTED.value())
                .addDetails(Any.pack(RetryInfo.newBuilder()
                        .setRetryDelay(com.google.protobuf.Duration.newBuilder()
                                .setSeconds(retryAfter.toSeconds())
                                .setNanos(retryAfter.toNanosPart()))
                        .build()))
                .build());
    }
}
