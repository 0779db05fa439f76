package dev.fovea.tests.chart.kubelet;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/// `grpc.health.v1.Health/Check` as a kubelet asks it: without TLS, over a connection of its own each time.
final class GrpcHealth {

    private static final int SERVING = 1;
    private static final int FIRST_FIELD = 1;

    private static final MethodDescriptor<String, Integer> CHECK = MethodDescriptor.<String, Integer>newBuilder(
                    new ServiceName(), new ServingStatus())
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("grpc.health.v1.Health/Check")
            .build();

    private GrpcHealth() {}

    /// Whether the service answers SERVING in time.
    static boolean isServing(int port, String service, int timeoutSeconds) {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("localhost", port).usePlaintext().build();
        try {
            CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(timeoutSeconds, TimeUnit.SECONDS);
            return ClientCalls.blockingUnaryCall(channel, CHECK, options, service) == SERVING;
        } catch (StatusRuntimeException failed) {
            return false;
        } finally {
            channel.shutdownNow();
        }
    }

    /// `HealthCheckRequest { string service = 1; }`
    private static final class ServiceName implements MethodDescriptor.Marshaller<String> {

        @Override
        public InputStream stream(String service) {
            try {
                var bytes = new ByteArrayOutputStream();
                CodedOutputStream out = CodedOutputStream.newInstance(bytes);
                out.writeString(FIRST_FIELD, service);
                out.flush();
                return new ByteArrayInputStream(bytes.toByteArray());
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        @Override
        public String parse(InputStream stream) {
            throw Status.UNIMPLEMENTED.asRuntimeException();
        }
    }

    /// `HealthCheckResponse { ServingStatus status = 1; }`
    private static final class ServingStatus implements MethodDescriptor.Marshaller<Integer> {

        @Override
        public InputStream stream(Integer status) {
            throw Status.UNIMPLEMENTED.asRuntimeException();
        }

        @Override
        public Integer parse(InputStream stream) {
            try {
                CodedInputStream in = CodedInputStream.newInstance(stream);
                boolean isStatus = in.readTag() == WireFormat.FieldType.ENUM.getWireType() + (FIRST_FIELD << 3);
                return isStatus ? in.readEnum() : 0;
            } catch (IOException garbled) {
                throw Status.INTERNAL.withCause(garbled).asRuntimeException();
            }
        }
    }
}
