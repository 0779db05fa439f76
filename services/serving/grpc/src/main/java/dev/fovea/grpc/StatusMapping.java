package dev.fovea.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.inference.failure.InferenceFailure;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.inference.failure.Overloaded;
import dev.fovea.inference.failure.SourceUnavailable;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.proto.v1.Failure;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whatever went wrong, as a gRPC status with `google.rpc.ErrorInfo`, or as the `Failure` of one item of a stream.
///
/// | failure | status |
/// |---|---|
/// | `InvalidInput` | INVALID_ARGUMENT; NOT_FOUND if what is named does not exist (model, collection, stored image) |
/// | `Overloaded` | RESOURCE_EXHAUSTED, with `google.rpc.RetryInfo` |
/// | `DeadlineExceeded` | DEADLINE_EXCEEDED |
/// | `Unavailable`, `SourceUnavailable` | UNAVAILABLE |
/// | `ModelFailed` | INTERNAL |
/// | anything else | INTERNAL with an incident id; the exception is logged under that id and not told |
public final class StatusMapping {
    /// `ErrorInfo.domain` of every failure.
    public static final String DOMAIN = "fovea.dev";

    private static final Set<String> NOT_FOUND = Set.of("MODEL_NOT_FOUND", "COLLECTION_UNKNOWN", "IMAGE_NOT_STORED");
    private static final String INTERNAL = "INTERNAL";
    private static final Logger LOG = LoggerFactory.getLogger(StatusMapping.class);

    private final Supplier<String> incidentIds;

    /// @param incidentIds a new id for every unexpected exception
    public StatusMapping(Supplier<String> incidentIds) {
        this.incidentIds = incidentIds;
    }

    /// With random incident ids.
    public static StatusMapping withRandomIncidents() {
        return new StatusMapping(() -> UUID.randomUUID().toString());
    }

    /// The status of a failed call, its details in the trailers.
    public StatusRuntimeException exception(Throwable thrown) {
        var status = status(code(thrown), failure(thrown));
        if (thrown instanceof Overloaded overloaded) {
            status.addDetails(Any.pack(RetryInfo.newBuilder()
                    .setRetryDelay(Duration.newBuilder()
                            .setSeconds(overloaded.retryAfter().toSeconds())
                            .setNanos(overloaded.retryAfter().toNanosPart()))
                    .build()));
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }

    /// The status of a call that failed before it was one of ours, its details in the trailers.
    public static StatusRuntimeException exception(Status.Code code, Failure failure) {
        return StatusProto.toStatusRuntimeException(status(code, failure).build());
    }

    private static com.google.rpc.Status.Builder status(Status.Code code, Failure failure) {
        ErrorInfo.Builder info =
                ErrorInfo.newBuilder().setReason(failure.getCode()).setDomain(DOMAIN);
        if (!failure.getValue().isEmpty()) {
            info.putMetadata("value", failure.getValue());
        }
        if (!failure.getLimit().isEmpty()) {
            info.putMetadata("limit", failure.getLimit());
        }
        return com.google.rpc.Status.newBuilder()
                .setCode(code.value())
                .setMessage(failure.getMessage())
                .addDetails(Any.pack(info.build()));
    }

    /// The failure of one item of a stream.
    public Failure failure(Throwable thrown) {
        if (thrown instanceof InferenceFailure failure) {
            return Failure.newBuilder()
                    .setCode(failure.code())
                    .setMessage(String.valueOf(failure.getMessage()))
                    .setValue(failure.value())
                    .setLimit(failure.limit())
                    .build();
        }
        String incident = incidentIds.get();
        LOG.atError().addKeyValue("incident", incident).setCause(thrown).log("a call failed unexpectedly");
        return Failure.newBuilder()
                .setCode(INTERNAL)
                .setMessage("internal error, incident " + incident)
                .setValue(incident)
                .build();
    }

    private static Status.Code code(Throwable thrown) {
        return thrown instanceof InferenceFailure failure ? code(failure) : Status.Code.INTERNAL;
    }

    private static Status.Code code(InferenceFailure failure) {
        return switch (failure) {
            case InvalidInput invalid ->
                NOT_FOUND.contains(invalid.code()) ? Status.Code.NOT_FOUND : Status.Code.INVALID_ARGUMENT;
            case Overloaded _ -> Status.Code.RESOURCE_EXHAUSTED;
            case DeadlineExceeded _ -> Status.Code.DEADLINE_EXCEEDED;
            case Unavailable _, SourceUnavailable _ -> Status.Code.UNAVAILABLE;
            case ModelFailed _ -> Status.Code.INTERNAL;
        };
    }
}
