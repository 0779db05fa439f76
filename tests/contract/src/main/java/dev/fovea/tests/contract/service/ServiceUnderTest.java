package dev.fovea.tests.contract.service;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.fovea.proto.v1.ModelRef;
import io.grpc.Channel;
import java.nio.file.Path;
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

    /// Reads the value of a result's record.
    ServiceResult result(byte[] value) throws InvalidProtocolBufferException;

    /// Asks over gRPC for what events are answered with.
    ///
    /// @throws io.grpc.StatusRuntimeException as the service fails
    ServiceAnswer call(Channel channel, ModelRef model, ByteString image);
}
