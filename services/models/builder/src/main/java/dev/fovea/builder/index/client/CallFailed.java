package dev.fovea.builder.index.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A call that was not answered, in one line: the service's sentence, its code, the value and the limit.
public final class CallFailed extends IOException {

    private static final long serialVersionUID = 1;

    private final Status.Code status;
    private final String code;
    private final @Nullable Duration retryAfter;

    private CallFailed(String message, Status.Code status, String code, Optional<Duration> retryAfter) {
        super(message);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter.orElse(null);
    }

    /// @param server `host:port`, for messages
    /// @param timeout of the call
    static CallFailed of(StatusRuntimeException thrown, String server, Duration timeout) {
        com.google.rpc.@Nullable Status details = StatusProto.fromThrowable(thrown);
        Optional<ErrorInfo> info = detail(details, ErrorInfo.class);
        Optional<Duration> retryAfter = detail(details, RetryInfo.class)
                .map(RetryInfo::getRetryDelay)
                .map(delay -> Duration.ofSeconds(delay.getSeconds(), delay.getNanos()));
        Status status = thrown.getStatus();
        String message = info.map(known -> description(status) + facts(known))
                .orElseGet(() -> transport(status, server, timeout));
        return new CallFailed(
                message, status.getCode(), info.map(ErrorInfo::getReason).orElse(""), retryAfter);
    }

    /// The same with the number of tries.
    CallFailed after(int tries) {
        var failed = new CallFailed(
                getMessage() + " (tried " + tries + " times)", status, code, Optional.ofNullable(retryAfter));
        failed.initCause(this);
        return failed;
    }

    /// Whether the request itself is at fault, and not what an image file holds.
    public boolean askedWrongly() {
        return status == Status.Code.INVALID_ARGUMENT && !code.startsWith("IMAGE_");
    }

    /// Whether the same call may be answered a little later.
    boolean passing() {
        // Without a delay it is a limit on the message's size.
        return status == Status.Code.UNAVAILABLE || (status == Status.Code.RESOURCE_EXHAUSTED && retryAfter != null);
    }

    /// Whether it says nothing of the one image that was sent: every other one would fare the same.
    public boolean concernsAll() {
        return passing()
                || switch (status) {
                    case INVALID_ARGUMENT, INTERNAL, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, UNKNOWN -> false;
                    // Deleted since its id was read.
                    default -> !code.equals("IMAGE_NOT_STORED");
                };
    }

    /// What the service asked for.
    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    private static String facts(ErrorInfo info) {
        var facts = new StringBuilder(" (").append(info.getReason());
        String value = info.getMetadataOrDefault("value", "");
        String limit = info.getMetadataOrDefault("limit", "");
        facts.append(value.isEmpty() ? "" : ": " + value);
        facts.append(limit.isEmpty() ? "" : ", limit " + limit);
        return facts.append(')').toString();
    }

    private static String transport(Status status, String server, Duration timeout) {
        return switch (status.getCode()) {
            case UNAVAILABLE ->
                server + " cannot be reached: " + description(status)
                        + "; is a global retrieval service running there (--server HOST:PORT, --tls)?";
            case DEADLINE_EXCEEDED -> "no answer from " + server + " within " + timeout.toSeconds() + " s (--timeout)";
            case UNIMPLEMENTED -> server + " is no global retrieval service: " + description(status);
            default -> server + ": " + status.getCode() + ": " + description(status);
        };
    }

    /// The innermost cause says most: "connection refused".
    private static String description(Status status) {
        @Nullable Throwable cause = status.getCause();
        String described = String.valueOf(status.getDescription());
        if (cause == null) {
            return described;
        }
        Throwable innermost = cause;
        for (Throwable next = cause; next != null; next = next.getCause()) {
            innermost = next;
        }
        return described + " (" + innermost.getMessage() + ")";
    }

    private static <M extends Message> Optional<M> detail(com.google.rpc.@Nullable Status details, Class<M> type) {
        if (details == null) {
            return Optional.empty();
        }
        for (Any any : details.getDetailsList()) {
            if (any.is(type)) {
                try {
                    return Optional.of(any.unpack(type));
                } catch (InvalidProtocolBufferException broken) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
