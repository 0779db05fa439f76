package dev.fovea.patches.rpc;

import dev.fovea.grpc.CallExecutor;
import dev.fovea.grpc.StreamWork;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.patches.PatchDescriber;
import dev.fovea.patches.PatchLimits;
import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.DescribeResponse;
import dev.fovea.proto.v1.DescribeStreamResponse;
import dev.fovea.proto.v1.Failure;
import dev.fovea.proto.v1.MatchRequest;
import dev.fovea.proto.v1.MatchResponse;
import dev.fovea.proto.v1.PatchDescriptionGrpc.PatchDescriptionImplBase;
import io.grpc.stub.StreamObserver;

/// The gRPC entrance: every call is mapped, answered by the port in the interactive lane, and mapped back, on a thread
/// of [CallExecutor].
public class PatchDescriptionGrpcService extends PatchDescriptionImplBase {
    private final PatchDescriber describer;
    private final CallExecutor calls;
    private final int streamWindow;
    private final DescribeMapping describeMapping;
    private final MatchMapping matchMapping;

    /// @param streamWindow requests of one stream in flight, at least 1
    public PatchDescriptionGrpcService(
            PatchDescriber describer, CallExecutor calls, PatchLimits limits, int streamWindow) {
        this.describer = describer;
        this.calls = calls;
        this.streamWindow = streamWindow;
        this.describeMapping = new DescribeMapping(limits);
        this.matchMapping = new MatchMapping(limits);
    }

    @Override
    public void describe(DescribeRequest request, StreamObserver<DescribeResponse> observer) {
        calls.unary(request, observer, deadline -> describe(request, deadline));
    }

    @Override
    public StreamObserver<DescribeRequest> describeStream(StreamObserver<DescribeStreamResponse> observer) {
        return calls.stream(observer, streamWindow, new DescribeWork());
    }

    @Override
    public void match(MatchRequest request, StreamObserver<MatchResponse> observer) {
        calls.unary(
                request,
                observer,
                deadline -> MatchMapping.response(
                        describer.match(matchMapping.request(request), Lane.INTERACTIVE, deadline)));
    }

    private DescribeResponse describe(DescribeRequest request, Deadline deadline) throws InterruptedException {
        var described = describer.describe(describeMapping.request(request), Lane.INTERACTIVE, deadline);
        return DescribeMapping.response(request.getId(), described, request.getElementType());
    }

    /// One request of a stream.
    private final class DescribeWork implements StreamWork<DescribeRequest, DescribeStreamResponse> {
        @Override
        public DescribeStreamResponse answer(DescribeRequest request, Deadline deadline) throws InterruptedException {
            return DescribeStreamResponse.newBuilder()
                    .setId(request.getId())
                    .setResponse(describe(request, deadline))
                    .build();
        }

        @Override
        public DescribeStreamResponse failed(DescribeRequest request, Failure failure) {
            return DescribeStreamResponse.newBuilder()
                    .setId(request.getId())
                    .setFailure(failure)
                    .build();
        }
    }
}
