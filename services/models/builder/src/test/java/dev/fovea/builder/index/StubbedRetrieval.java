package dev.fovea.builder.index;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.fovea.proto.v1.BackupRequest;
import dev.fovea.proto.v1.BackupResponse;
import dev.fovea.proto.v1.Collection;
import dev.fovea.proto.v1.CollectionInfoRequest;
import dev.fovea.proto.v1.CollectionInfoResponse;
import dev.fovea.proto.v1.DeleteRequest;
import dev.fovea.proto.v1.DeleteResponse;
import dev.fovea.proto.v1.ElementType;
import dev.fovea.proto.v1.GetRequest;
import dev.fovea.proto.v1.GetResponse;
import dev.fovea.proto.v1.GlobalRetrievalGrpc;
import dev.fovea.proto.v1.MetadataValue;
import dev.fovea.proto.v1.ScanRequest;
import dev.fovea.proto.v1.ScanResponse;
import dev.fovea.proto.v1.SearchRequest;
import dev.fovea.proto.v1.SearchResponse;
import dev.fovea.proto.v1.SearchResult;
import dev.fovea.proto.v1.StoredImage;
import dev.fovea.proto.v1.UpsertRequest;
import dev.fovea.proto.v1.UpsertResponse;
import dev.fovea.proto.v1.Vectors;
import dev.fovea.proto.v1.Verification;
import dev.fovea.proto.v1.WriteOutcome;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A service behind a real connection that keeps what it is sent: the "embedding" of an image is its first bytes.
/// What it refuses is written into its queue of failures.
final class StubbedRetrieval extends GlobalRetrievalGrpc.GlobalRetrievalImplBase implements AutoCloseable {

    /// Images that it cannot decode hold this.
    static final byte[] BROKEN = {'n', 'o'};

    private static final int PAGE = 2;

    final Map<String, Collection> collections = new TreeMap<>();
    private final Map<String, NavigableMap<String, StoredImage>> stored = new HashMap<>();
    final ConcurrentLinkedQueue<StatusRuntimeException> upsertFailures = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<SearchRequest> searches = new ConcurrentLinkedQueue<>();
    final AtomicInteger upserts = new AtomicInteger();
    byte[] thumbnail = {};
    byte[] picture = {};

    private final Server server;
    private final int port;

    StubbedRetrieval(Collection... collections) throws IOException {
        this(InsecureServerCredentials.create(), collections);
    }

    StubbedRetrieval(ServerCredentials credentials, Collection... collections) throws IOException {
        this(credentials, List.of(), collections);
    }

    /// @param guards asked before each call, the last first
    StubbedRetrieval(ServerCredentials credentials, List<ServerInterceptor> guards, Collection... collections)
            throws IOException {
        for (Collection collection : collections) {
            this.collections.put(collection.getName(), collection);
            stored.put(collection.getName(), new TreeMap<>());
        }
        var builder = Grpc.newServerBuilderForPort(0, credentials).addService(this);
        guards.forEach(builder::intercept);
        server = builder.build();
        server.start();
        port = server.getPort();
    }

    String address() {
        return "localhost:" + port;
    }

    /// As every service words a failure.
    static StatusRuntimeException failure(Status.Code status, String sentence, ErrorInfo info, Message... details) {
        var failure = com.google.rpc.Status.newBuilder()
                .setCode(status.value())
                .setMessage(sentence)
                .addDetails(Any.pack(info));
        for (Message detail : details) {
            failure.addDetails(Any.pack(detail));
        }
        return StatusProto.toStatusRuntimeException(failure.build());
    }

    static StatusRuntimeException overloaded(int retryMillis) {
        return failure(
                Status.Code.RESOURCE_EXHAUSTED,
                "256 calls are in flight",
                ErrorInfo.newBuilder().setReason("CALLS_TOO_MANY").build(),
                RetryInfo.newBuilder()
                        .setRetryDelay(com.google.protobuf.Duration.newBuilder()
                                .setNanos((int) TimeUnit.MILLISECONDS.toNanos(retryMillis)))
                        .build());
    }

    static Vectors vector(float... values) {
        var bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return Vectors.newBuilder()
                .setElementType(ElementType.ELEMENT_TYPE_FLOAT32)
                .setDimension(values.length)
                .setCount(1)
                .setData(ByteString.copyFrom(bytes.array()))
                .build();
    }

    @Override
    public synchronized void collectionInfo(CollectionInfoRequest request, StreamObserver<CollectionInfoResponse> to) {
        if (!request.getCollection().isEmpty() && !collections.containsKey(request.getCollection())) {
            to.onError(failure(
                    Status.Code.NOT_FOUND,
                    "there is no collection \"" + request.getCollection() + "\"",
                    ErrorInfo.newBuilder()
                            .setReason("COLLECTION_UNKNOWN")
                            .putMetadata("value", request.getCollection())
                            .build()));
            return;
        }
        var answer = CollectionInfoResponse.newBuilder();
        collections.values().stream()
                .filter(collection -> request.getCollection().isEmpty()
                        || collection.getName().equals(request.getCollection()))
                .map(collection -> collection.toBuilder()
                        .setImages(images(collection.getName()).size())
                        .build())
                .forEach(answer::addCollections);
        answer(to, answer.build());
    }

    @Override
    public synchronized void upsert(UpsertRequest request, StreamObserver<UpsertResponse> to) {
        upserts.incrementAndGet();
        StatusRuntimeException failure = upsertFailures.poll();
        if (failure != null) {
            to.onError(failure);
            return;
        }
        byte[] content = request.getImage().getContent().toByteArray();
        if (Arrays.equals(content, BROKEN)) {
            to.onError(failure(
                    Status.Code.INVALID_ARGUMENT,
                    "the content is no known image",
                    ErrorInfo.newBuilder()
                            .setReason("IMAGE_FORMAT_UNSUPPORTED")
                            .putMetadata("value", "no known image")
                            .putMetadata("limit", "JPEG, PNG")
                            .build()));
            return;
        }
        Map<String, StoredImage> images = images(request.getCollection());
        StoredImage before = images.get(request.getId());
        var outcome = WriteOutcome.WRITE_OUTCOME_STORED;
        if (before != null && request.getVersion() != 0 && before.getVersion() >= request.getVersion()) {
            outcome = before.getVersion() == request.getVersion()
                    ? WriteOutcome.WRITE_OUTCOME_UNCHANGED
                    : WriteOutcome.WRITE_OUTCOME_STALE;
        } else {
            images.put(request.getId(), image(request, content));
        }
        answer(
                to,
                UpsertResponse.newBuilder()
                        .setId(request.getId())
                        .setOutcome(outcome)
                        .build());
    }

    private StoredImage image(UpsertRequest request, byte[] content) {
        StoredImage.Builder image = request.hasStored()
                ? request.getStored().toBuilder()
                : StoredImage.newBuilder()
                        .setEmbedding(vector(content.length, 1))
                        .setImageWidth(640)
                        .setImageHeight(480)
                        .setThumbnail(ByteString.copyFrom(thumbnail));
        return image.setId(request.getId())
                .setVersion(request.getVersion() == 0 ? upserts.get() : request.getVersion())
                .clearMetadata()
                .putAllMetadata(request.getMetadataMap())
                .build();
    }

    @Override
    public synchronized void delete(DeleteRequest request, StreamObserver<DeleteResponse> to) {
        images(request.getCollection()).remove(request.getId());
        answer(
                to,
                DeleteResponse.newBuilder()
                        .setOutcome(WriteOutcome.WRITE_OUTCOME_STORED)
                        .build());
    }

    @Override
    public synchronized void get(GetRequest request, StreamObserver<GetResponse> to) {
        var answer = GetResponse.newBuilder();
        for (String id : request.getIdsList()) {
            StoredImage image = images(request.getCollection()).get(id);
            if (image != null) {
                answer.addImages(image);
            }
        }
        answer(to, answer.build());
    }

    @Override
    public synchronized void scan(ScanRequest request, StreamObserver<ScanResponse> to) {
        List<StoredImage> page = images(request.getCollection()).tailMap(request.getCursor(), false).values().stream()
                .limit(PAGE)
                .toList();
        answer(
                to,
                ScanResponse.newBuilder()
                        .addAllImages(page)
                        .setNextCursor(page.size() < PAGE ? "" : page.getLast().getId())
                        .build());
    }

    /// By distance of the first component; every second result is verified.
    @Override
    public synchronized void search(SearchRequest request, StreamObserver<SearchResponse> to) {
        searches.add(request);
        List<StoredImage> found =
                new ArrayList<>(images(request.getCollection()).values());
        found.removeIf(image -> image.getId().equals(request.getStoredId()));
        found.sort(Comparator.comparing(StoredImage::getId));
        var answer = SearchResponse.newBuilder()
                .setCollection(name(request.getCollection()))
                .setModel(collection(request.getCollection()).getModel())
                .setSearchMicros(1500);
        for (StoredImage image : found.stream().limit(request.getK()).toList()) {
            int rank = answer.getResultsCount();
            var result = SearchResult.newBuilder().setImage(image).setScore(0.9f - rank / 10f);
            if (rank % 2 == 0 && request.hasRerank()) {
                result.setVerification(Verification.newBuilder().setMatches(99).setInliers(57 - rank))
                        .setPicture(ByteString.copyFrom(picture));
            }
            answer.addResults(result);
        }
        if (request.getQueryEmbedding()) {
            answer.setQueryEmbedding(vector(42, request.getExpansion().getNeighbours()));
        }
        answer(to, answer.build());
    }

    @Override
    public void backup(BackupRequest request, StreamObserver<BackupResponse> to) {
        answer(
                to,
                BackupResponse.newBuilder()
                        .setFolder("/backups/" + request.getName())
                        .setImages(3)
                        .setBytes(4096)
                        .build());
    }

    /// What a collection holds, by id.
    ///
    /// @param collection empty for the default
    NavigableMap<String, StoredImage> images(String collection) {
        return Objects.requireNonNull(stored.get(name(collection)), collection);
    }

    /// A field of a stored image.
    MetadataValue field(String collection, String id, String field) {
        StoredImage image = Objects.requireNonNull(images(collection).get(id), id);
        return image.getMetadataOrThrow(field);
    }

    private String name(String collection) {
        return collection(collection).getName();
    }

    private Collection collection(String name) {
        return collections.values().stream()
                .filter(one ->
                        name.isEmpty() ? one.getIsDefault() : one.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static <A> void answer(StreamObserver<A> to, A answer) {
        to.onNext(answer);
        to.onCompleted();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
