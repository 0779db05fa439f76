package dev.fovea.tests.load;

import com.google.protobuf.Message;
import dev.fovea.proto.v1.ClassifyRequest;
import dev.fovea.proto.v1.ClassifyResponse;
import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.DescribeResponse;
import dev.fovea.proto.v1.FineGrainedClassificationGrpc;
import dev.fovea.proto.v1.GlobalRetrievalGrpc;
import dev.fovea.proto.v1.PatchDescriptionGrpc;
import dev.fovea.proto.v1.SearchRequest;
import dev.fovea.proto.v1.SearchResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.ToIntFunction;

/// A unary call that is made again and again, with each of its requests in turn.
///
/// @param rows what an answer counts for
record Call<Q extends Message, A>(MethodDescriptor<Q, A> method, List<Q> requests, ToIntFunction<A> rows) {

    Call {
        requests = List.copyOf(requests);
    }

    /// Counts descriptors.
    static Call<DescribeRequest, DescribeResponse> describe(DescribeRequest request) {
        return new Call<>(
                PatchDescriptionGrpc.getDescribeMethod(), List.of(request), response -> response.getDescriptors()
                        .getCount());
    }

    /// Counts images.
    static Call<ClassifyRequest, ClassifyResponse> classify(List<ClassifyRequest> requests) {
        return new Call<>(FineGrainedClassificationGrpc.getClassifyMethod(), requests, response -> 1);
    }

    /// Counts searches.
    static Call<SearchRequest, SearchResponse> search(List<SearchRequest> requests) {
        return new Call<>(GlobalRetrievalGrpc.getSearchMethod(), requests, response -> 1);
    }

    /// @param number from 0; chooses the request
    void send(Channel channel, CallOptions options, int number, StreamObserver<A> answer) {
        Q request = requests.get(Math.floorMod(number, requests.size()));
        ClientCalls.asyncUnaryCall(channel.newCall(method, options), request, answer);
    }

    /// Mean size of a request.
    int bytes() {
        return (int) requests.stream().mapToInt(Q::getSerializedSize).average().orElseThrow();
    }
}
