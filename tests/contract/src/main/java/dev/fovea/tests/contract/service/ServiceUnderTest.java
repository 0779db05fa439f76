package dev.fovea.tests.contract.service;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.fovea.proto.v1.ModelRef;
import io.grpc.Channel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What the kit needs to know of a service to treat it as any other.
public interface ServiceUnderTest {

    /// Folder under `services/`, and part of the dead letters' topic: `patch-description`.
    String name();

    /// Topic of its results: `fovea.patch-descriptions`.
    String results();

    /// `ce_type` of its results.
    String resultType();

    /// Writes the model that [#settings] make it serve into a repository: a quick one, through which tens of
    /// thousands of small images go.
    void buildModel(Path repository);

    /// Configuration besides broker, ports and repository.
    Map<String, String> settings();

    /// Configuration of one process besides.
    ///
    /// @param folder its own: another process has another, the same process after a kill has the same
    default Map<String, String> settingsOf(Path folder) {
        return Map.of();
    }

    /// Options of its JVM besides the heap's size.
    default List<String> jvmOptions() {
        return List.of();
    }

    /// Topics besides images, results and dead letters.
    default List<String> furtherTopics() {
        return List.of();
    }

    /// Whether an event that deletes an image has a result; otherwise nothing comes of it.
    default boolean answersDeletes() {
        return false;
    }

    /// Reads the value of a result's record.
    ServiceResult result(byte[] value) throws InvalidProtocolBufferException;

    /// Asks over gRPC for what events are answered with.
    ///
    /// @throws io.grpc.StatusRuntimeException as the service fails
    ServiceAnswer call(Channel channel, ModelRef model, ByteString image);
}
