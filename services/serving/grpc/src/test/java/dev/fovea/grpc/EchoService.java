package dev.fovea.grpc;

import dev.fovea.inference.Deadline;
import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.DescribeResponse;
import dev.fovea.proto.v1.DescribeStreamResponse;
import dev.fovea.proto.v1.Failure;
import dev.fovea.proto.v1.PatchDescriptionGrpc;
import io.grpc.stub.StreamObserver;

/// A service whose work is the test's; unary calls and stream items are answered alike.
final class EchoService extends PatchDescriptionGrpc.PatchDescriptionImplBase {
    private final CallExecutor calls;
    private final int window;
    private final Answering answering;

    EchoService(CallExecutor calls, int window, Answering answering) {
        this.calls = calls;
        this.window = window;
        this.answering = answering;
    }

    @Override
    public void describe(DescribeRequest request, StreamObserver<DescribeResponse> observer) {
        calls.unary(request, observer, deadline -> answering.answer(request, deadline));
    }

    @Override
    public StreamObserver<DescribeRequest> describeStream(StreamObserver<DescribeStreamResponse> observer) {
        return calls.stream(observer, window, new StreamWork<DescribeRequest, DescribeStreamResponse>() {
            @Override
            public DescribeStreamResponse answer(DescribeRequest request, Deadline deadline)
                    throws InterruptedException {
                return DescribeStreamResponse.newBuilder()
                        .setId(request.getId())
                        .setResponse(answering.answer(request, deadline))
                        .build();
            }

            @Override
            public DescribeStreamResponse failed(DescribeRequest request, Failure failure) {
                return DescribeStreamResponse.newBuilder()
                        .setId(request.getId())
                        .setFailure(failure)
                        .build();
            }
        });
    }

    static DescribeRequest request(Object id) {
        return DescribeRequest.newBuilder().setId(id.toString()).build();
    }

    static DescribeResponse response(DescribeRequest request) {
        return DescribeResponse.newBuilder().setId(request.getId()).build();
    }

    @FunctionalInterface
    interface Answering {
        DescribeResponse answer(DescribeRequest request, Deadline deadline) throws InterruptedException;
    }
}
