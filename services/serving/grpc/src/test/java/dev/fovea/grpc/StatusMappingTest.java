package dev.fovea.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.inference.failure.Overloaded;
import dev.fovea.inference.failure.SourceUnavailable;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.proto.v1.Failure;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StatusMappingTest {
    private final StatusMapping statuses = new StatusMapping(() -> "incident-7");

    static Stream<Arguments> failures() {
        return Stream.of(
                argumentSet("invalid input", new InvalidInput("X", "x"), Status.Code.INVALID_ARGUMENT, "X"),
                argumentSet(
                        "unknown model",
                        new InvalidInput("MODEL_NOT_FOUND", "x"),
                        Status.Code.NOT_FOUND,
                        "MODEL_NOT_FOUND"),
                argumentSet(
                        "unknown collection",
                        new InvalidInput("COLLECTION_UNKNOWN", "x"),
                        Status.Code.NOT_FOUND,
                        "COLLECTION_UNKNOWN"),
                argumentSet(
                        "image that is not stored",
                        new InvalidInput("IMAGE_NOT_STORED", "x"),
                        Status.Code.NOT_FOUND,
                        "IMAGE_NOT_STORED"),
                argumentSet(
                        "overloaded",
                        new Overloaded("FULL", "x", 2, 1, Duration.ofMillis(1)),
                        Status.Code.RESOURCE_EXHAUSTED,
                        "FULL"),
                argumentSet("deadline", new DeadlineExceeded("x"), Status.Code.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED"),
                argumentSet("unavailable", new Unavailable("DRAINING", "x"), Status.Code.UNAVAILABLE, "DRAINING"),
                argumentSet("source", new SourceUnavailable("GONE", "x"), Status.Code.UNAVAILABLE, "GONE"),
                argumentSet(
                        "model", new ModelFailed("x", new RuntimeException()), Status.Code.INTERNAL, "MODEL_FAILED"),
                argumentSet("unexpected", new IllegalStateException("x"), Status.Code.INTERNAL, "INTERNAL"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyFailureHasItsStatusAndReason(Throwable failure, Status.Code code, String reason) {
        var exception = statuses.exception(failure);

        assertThat(exception.getStatus().getCode()).isEqualTo(code);
        ErrorInfo info = detail(exception, ErrorInfo.class).orElseThrow();
        assertThat(info.getReason()).isEqualTo(reason);
        assertThat(info.getDomain()).isEqualTo("fovea.dev");
    }

    @Test
    void valueAndLimitTravelAsMetadata() {
        var failure = new InvalidInput("TOO_MANY_PATCHES", "5000 patches; the limit is 4096 a call", 5000, 4096);

        var exception = statuses.exception(failure);

        assertThat(exception.getStatus().getDescription()).isEqualTo("5000 patches; the limit is 4096 a call");
        assertThat(detail(exception, ErrorInfo.class).orElseThrow().getMetadataMap())
                .isEqualTo(Map.of("value", "5000", "limit", "4096"));
    }

    @Test
    void onlyAnOverloadTellsWhenToRetry() {
        var overloaded = new Overloaded("FULL", "x", 2, 1, Duration.ofMillis(1_500));

        RetryInfo retry =
                detail(statuses.exception(overloaded), RetryInfo.class).orElseThrow();

        assertThat(retry.getRetryDelay().getSeconds()).isEqualTo(1);
        assertThat(retry.getRetryDelay().getNanos()).isEqualTo(500_000_000);
        assertThat(detail(statuses.exception(new Unavailable("X", "x")), RetryInfo.class))
                .isEmpty();
    }

    @Test
    void anUnexpectedExceptionTellsItsIncidentAndNothingElse() {
        var exception = statuses.exception(new IllegalStateException("password=secret at /home/me"));

        assertThat(exception.getStatus().getDescription()).isEqualTo("internal error, incident incident-7");
        assertThat(String.valueOf(StatusProto.fromThrowable(exception))).doesNotContain("secret", "home");
        assertThat(exception.getCause()).isNull();
    }

    @Test
    void theFailureOfAStreamItemSaysTheSameWords() {
        var failure = new InvalidInput("TOO_MANY_PATCHES", "5000 patches; the limit is 4096 a call", 5000, 4096);

        assertThat(statuses.failure(failure))
                .isEqualTo(Failure.newBuilder()
                        .setCode("TOO_MANY_PATCHES")
                        .setMessage("5000 patches; the limit is 4096 a call")
                        .setValue("5000")
                        .setLimit("4096")
                        .build());
    }

    static <T extends Message> Optional<T> detail(Throwable thrown, Class<T> type) {
        var status = StatusProto.fromThrowable(thrown);
        if (status == null) {
            return Optional.empty();
        }
        return status.getDetailsList().stream()
                .filter(any -> any.is(type))
                .findFirst()
                .map(any -> {
                    try {
                        return any.unpack(type);
                    } catch (InvalidProtocolBufferException impossible) {
                        throw new AssertionError(impossible);
                    }
                });
    }
}
