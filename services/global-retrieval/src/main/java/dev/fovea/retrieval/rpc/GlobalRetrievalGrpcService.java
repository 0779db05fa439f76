package dev.fovea.retrieval.rpc;

import dev.fovea.grpc.CallExecutor;
import dev.fovea.grpc.StreamWork;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.proto.v1.BackupRequest;
import dev.fovea.proto.v1.BackupResponse;
import dev.fovea.proto.v1.CollectionInfoRequest;
import dev.fovea.proto.v1.CollectionInfoResponse;
import dev.fovea.proto.v1.DeleteRequest;
import dev.fovea.proto.v1.DeleteResponse;
import dev.fovea.proto.v1.EmbedRequest;
import dev.fovea.proto.v1.EmbedResponse;
import dev.fovea.proto.v1.Failure;
import dev.fovea.proto.v1.GetRequest;
import dev.fovea.proto.v1.GetResponse;
import dev.fovea.proto.v1.GlobalRetrievalGrpc.GlobalRetrievalImplBase;
import dev.fovea.proto.v1.ScanRequest;
import dev.fovea.proto.v1.ScanResponse;
import dev.fovea.proto.v1.SearchRequest;
import dev.fovea.proto.v1.SearchResponse;
import dev.fovea.proto.v1.SearchStreamResponse;
import dev.fovea.proto.v1.UpsertRequest;
import dev.fovea.proto.v1.UpsertResponse;
import dev.fovea.retrieval.ImageRetriever;
import dev.fovea.retrieval.wire.SearchMapping;
import io.grpc.stub.StreamObserver;

/// The gRPC entrance: every call is mapped, answered by the port in the interactive lane, and mapped back, on a thread
/// of [CallExecutor].
public class GlobalRetrievalGrpcService extends GlobalRetrievalImplBase {
    private final ImageRetriever retriever;
    private final CallExecutor calls;
    private final int streamWindow;

    /// @param streamWindow requests of one stream in flight, at least 1
    public GlobalRetrievalGrpcService(ImageRetriever retriever, CallExecutor calls, int streamWindow) {
        this.retriever = retriever;
        this.calls = calls;
        this.streamWindow = streamWindow;
    }

    @Override
    public void embed(EmbedRequest request, StreamObserver<EmbedResponse> observer) {
        calls.unary(
                request,
                observer,
                deadline -> ReadMapping.response(
                        request, retriever.embed(ReadMapping.request(request), Lane.INTERACTIVE, deadline)));
    }

    @Override
    public void upsert(UpsertRequest request, StreamObserver<UpsertResponse> observer) {
        calls.unary(
                request,
                observer,
                deadline -> WriteMapping.response(
                        request.getId(), retriever.write(WriteMapping.write(request), Lane.INTERACTIVE, deadline)));
    }

    @Override
    public void delete(DeleteRequest request, StreamObserver<DeleteResponse> observer) {
        calls.unary(
                request,
                observer,
                deadline -> WriteMapping.response(
                        request.getId(), retriever.delete(WriteMapping.removal(request), deadline)));
    }

    @Override
    public void get(GetRequest request, StreamObserver<GetResponse> observer) {
        calls.unary(
                request,
                observer,
                deadline -> ReadMapping.response(retriever.get(ReadMapping.lookup(request), deadline)));
    }

    @Override
    public void search(SearchRequest request, StreamObserver<SearchResponse> observer) {
        calls.unary(request, observer, deadline -> search(request, deadline));
    }

    @Override
    public StreamObserver<SearchRequest> searchStream(StreamObserver<SearchStreamResponse> observer) {
        return calls.stream(observer, streamWindow, new SearchWork());
    }

    @Override
    public void collectionInfo(CollectionInfoRequest request, StreamObserver<CollectionInfoResponse> observer) {
        calls.unary(
                request,
                observer,
                deadline -> CollectionMapping.response(retriever.collections(request.getCollection(), deadline)));
    }

    @Override
    public void scan(ScanRequest request, StreamObserver<ScanResponse> observer) {
        calls.unary(
                request,
                observer,
                deadline -> ReadMapping.response(retriever.scan(ReadMapping.scan(request), deadline)));
    }

    @Override
    public void backup(BackupRequest request, StreamObserver<BackupResponse> observer) {
        calls.unary(
                request,
                observer,
                deadline ->
                        ReadMapping.response(retriever.backup(request.getCollection(), request.getName(), deadline)));
    }

    private SearchResponse search(SearchRequest request, Deadline deadline) throws InterruptedException {
        return SearchMapping.response(
                request, retriever.search(SearchMapping.query(request), Lane.INTERACTIVE, deadline));
    }

    /// One request of a stream.
    private final class SearchWork implements StreamWork<SearchRequest, SearchStreamResponse> {
        @Override
        public SearchStreamResponse answer(SearchRequest request, Deadline deadline) throws InterruptedException {
            return SearchStreamResponse.newBuilder()
                    .setId(request.getId())
                    .setResponse(search(request, deadline))
                    .build();
        }

        @Override
        public SearchStreamResponse failed(SearchRequest request, Failure failure) {
            return SearchStreamResponse.newBuilder()
                    .setId(request.getId())
                    .setFailure(failure)
                    .build();
        }
    }
}
