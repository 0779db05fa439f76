package dev.fovea.local;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.Parts;
import dev.fovea.proto.v1.Rerank;
import dev.fovea.proto.v1.RerankMode;
import dev.fovea.proto.v1.SearchRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Images to search with, and what is right to find.
///
/// @param wanted by the query's key, how the ids of right answers begin
record Queries(List<ImageFile> images, Map<String, String> wanted) {

    /// Searched with, at most.
    static final int MOST = 5;

    /// Results wanted of each.
    static final int RESULTS = 6;

    Queries {
        images = List.copyOf(images);
        wanted = Map.copyOf(wanted);
    }

    /// Whether a search found what it should; empty where that is not known.
    Optional<Boolean> isRight(String query, String found) {
        return Optional.ofNullable(wanted.get(query)).map(found::startsWith);
    }

    /// A search with re-ranking that asks for pictures.
    static Event event(ImageFile query) throws IOException {
        ByteString content = UnsafeByteOperations.unsafeWrap(Files.readAllBytes(query.path()));
        SearchRequest request = SearchRequest.newBuilder()
                .setId(query.key())
                .setImage(ImageInput.newBuilder().setContent(content))
                .setK(RESULTS)
                .setRerank(
                        Rerank.newBuilder().setMode(RerankMode.RERANK_MODE_ON).setPictures(RESULTS))
                .setParts(Parts.newBuilder().setThumbnail(true))
                .build();
        return new Event(Services.QUERIES, query.key(), "application/protobuf", request.toByteArray());
    }
}
