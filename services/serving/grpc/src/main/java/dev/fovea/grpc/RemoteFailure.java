package dev.fovea.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.inference.failure.InferenceFailure;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.inference.failure.Overloaded;
import dev.fovea.inference.failure.Unavailable;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Optional;

/// The way back of [StatusMapping]: what another of our services answered, as the failure of a request that
/// needed it.
///
/// | status | failure |
/// |---|---|
/// | INVALID_ARGUMENT | `InvalidInput` with the service's own code, value and limit |
/// | RESOURCE_EXHAUSTED | `Overloaded`, with the service's own delay |
/// | DEADLINE_EXCEEDED | `DeadlineExceeded` |
/// | INTERNAL, UNKNOWN, DATA_LOSS | `ModelFailed` |
/// | anything else | `Unavailable`: the service is away, or is not the one that was meant |
public final class RemoteFailure {

    /// Where the service names no delay.
    private static final Duration RETRY_AFTER = Duration.ofMillis(100);

    private RemoteFailure() {}

    /// @param service as messages name it: "the patch description service at host:9000"
    public static InferenceFailure of(String service, StatusRuntimeException thrown) {
        var status = thrown.getStatus();
        String message = service + ": " + status.getCode() + ", " + status.getDescription();
        Optional<ErrorInfo> info = detail(thrown, ErrorInfo.class);
        String value =
                info.map(known -> known.getMetadataOrDefault("value", "")).orElse("");
        String limit =
                info.map(known -> known.getMetadataOrDefault("limit", "")).orElse("");
        return switch (status.getCode()) {
            case INVALID_ARGUMENT -> new InvalidInput(code(info, "REMOTE_REFUSED"), message, value, limit);
            case RESOURCE_EXHAUSTED ->
                new Overloaded(code(info, "REMOTE_OVERLOADED"), message, value, limit, retryAfter(thrown));
            case DEADLINE_EXCEEDED -> new DeadlineExceeded(message);
            case INTERNAL, UNKNOWN, DATA_LOSS -> new ModelFailed(message, thrown);
            default -> new Unavailable(code(info, "REMOTE_UNAVAILABLE"), message);
        };
    }

    private static String code(Optional<ErrorInfo> info, String otherwise) {
        return info.map(ErrorInfo::getReason)
                .filter(reason -> !reason.isEmpty())
                .orElse(otherwise);
    }

    private static Duration retryAfter(StatusRuntimeException thrown) {
        return detail(thrown, RetryInfo.class)
                .map(retry -> Duration.ofSeconds(
                        retry.getRetryDelay().getSeconds(),
                        retry.getRetryDelay().getNanos()))
                .orElse(RETRY_AFTER);
    }

    private static <T extends Message> Optional<T> detail(StatusRuntimeException thrown, Class<T> type) {
        com.google.rpc.Status status = StatusProto.fromThrowable(thrown);
        if (status == null) {
            return Optional.empty();
        }
        for (Any any : status.getDetailsList()) {
            if (any.is(type)) {
                try {
                    return Optional.of(any.unpack(type));
                } catch (InvalidProtocolBufferException damaged) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
