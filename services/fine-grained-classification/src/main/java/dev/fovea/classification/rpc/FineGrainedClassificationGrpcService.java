package dev.fovea.classification.rpc;

import dev.fovea.classification.ClassificationLimits;
import dev.fovea.classification.FineGrainedClassifier;
import dev.fovea.grpc.CallExecutor;
import dev.fovea.grpc.StreamWork;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.proto.v1.ClassifyRequest;
import dev.fovea.proto.v1.ClassifyResponse;
import dev.fovea.proto.v1.ClassifyStreamResponse;
import dev.fovea.proto.v1.Failure;
import dev.fovea.proto.v1.FineGrainedClassificationGrpc.FineGrainedClassificationImplBase;
import io.grpc.stub.StreamObserver;

/// The gRPC entrance: every call is mapped, answered by the port in the interactive lane, and mapped back, on a thread
/// of [CallExecutor].
public class FineGrainedClassificationGrpcService extends FineGrainedClassificationImplBase {
    private final FineGrainedClassifier classifier;
    private final CallExecutor calls;
    private final int streamWindow;
    private final ClassifyMapping mapping;

    /// @param streamWindow requests of one stream in flight, at least 1
    public FineGrainedClassificationGrpcService(
            FineGrainedClassifier classifier, CallExecutor calls, ClassificationLimits limits, int streamWindow) {
        this.classifier = classifier;
        this.calls = calls;
        this.streamWindow = streamWindow;
        this.mapping = new ClassifyMapping(limits);
    }

    @Override
    public void classify(ClassifyRequest request, StreamObserver<ClassifyResponse> observer) {
        calls.unary(request, observer, deadline -> classify(request, deadline));
    }

    @Override
    public StreamObserver<ClassifyRequest> classifyStream(StreamObserver<ClassifyStreamResponse> observer) {
        return calls.stream(observer, streamWindow, new ClassifyWork());
    }

    private ClassifyResponse classify(ClassifyRequest request, Deadline deadline) throws InterruptedException {
        var classification = classifier.classify(mapping.request(request), Lane.INTERACTIVE, deadline);
        return ClassifyMapping.response(request.getId(), classification);
    }

    /// One request of a stream.
    private final class ClassifyWork implements StreamWork<ClassifyRequest, ClassifyStreamResponse> {
        @Override
        public ClassifyStreamResponse answer(ClassifyRequest request, Deadline deadline) throws InterruptedException {
            return ClassifyStreamResponse.newBuilder()
                    .setId(request.getId())
                    .setResponse(classify(request, deadline))
                    .build();
        }

        @Override
        public ClassifyStreamResponse failed(ClassifyRequest request, Failure failure) {
            return ClassifyStreamResponse.newBuilder()
                    .setId(request.getId())
                    .setFailure(failure)
                    .build();
        }
    }
}
