package dev.fovea.tests.integration.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.fovea.proto.v1.EmbedResponse;
import dev.fovea.proto.v1.EmbeddingResult;
import dev.fovea.proto.v1.StoredImage;
import dev.fovea.proto.v1.WriteOutcome;
import dev.fovea.tests.integration.retrieval.TopicModel.Written;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What must hold of an index and of its results topic, given the topic of images.
record Promises(TopicModel model) {

    /// The index holds each image of the last event of its id, and no other.
    ///
    /// @param stored in the order of the ids
    void assertKeptBy(List<StoredImage> stored, Retrieval retrieval) {
        assertThat(stored)
                .extracting(StoredImage::getId)
                .containsExactlyElementsOf(model.images().keySet());
        Map<ByteString, EmbedResponse> embeddings = new HashMap<>();
        for (StoredImage image : stored) {
            TopicModel.Image expected =
                    Optional.ofNullable(model.images().get(image.getId())).orElseThrow();
            EmbedResponse embedded = embeddings.computeIfAbsent(expected.file(), retrieval::embed);
            assertThat(image.getVersion()).as(image.getId()).isEqualTo(expected.version());
            assertThat(image.getMetadataMap()).as(image.getId()).isEqualTo(expected.metadata());
            assertThat(image.getEmbedding()).as(image.getId()).isEqualTo(embedded.getEmbedding());
            assertThat(image.getImageWidth()).as(image.getId()).isEqualTo(embedded.getImageWidth());
        }
        assertThat(embeddings).as("different images").hasSizeGreaterThan(1);
    }

    /// Each event has one result, in the order of its partition, and none is a dead letter.
    ///
    /// @param records of results and dead letters, those of each partition in order
    void assertAnsweredOnceIn(List<ConsumerRecord<byte[], byte[]>> records, String results)
            throws InvalidProtocolBufferException {
        assertThat(records).extracting(ConsumerRecord::topic).containsOnly(results);
        assertThat(records).hasSameSizeAs(model.events());
        Map<Integer, Iterator<Written>> events = new HashMap<>();
        model.events().stream()
                .collect(Collectors.groupingBy(Written::partition))
                .forEach((partition, ofPartition) -> events.put(partition, ofPartition.iterator()));
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Iterator<Written> ofPartition =
                    Optional.ofNullable(events.get(record.partition())).orElseThrow();
            assertAnswers(EmbeddingResult.parseFrom(record.value()), ofPartition.next());
        }
    }

    /// A result tells the version that is stored, which is a later event's where that was written first.
    private static void assertAnswers(EmbeddingResult result, Written event) {
        String where = event + " is answered by " + result.getOutcome() + " " + result.getVersion();
        assertThat(result.getImageId()).as(where).isEqualTo(event.id());
        assertThat(result.getDeleted()).as(where).isEqualTo(event.deleted());
        assertThat(result.hasEmbedding()).as(where).isNotEqualTo(event.deleted());
        if (result.getOutcome() == WriteOutcome.WRITE_OUTCOME_STALE) {
            assertThat(result.getVersion()).as(where).isGreaterThan(event.version());
        } else {
            assertThat(result.getVersion()).as(where).isEqualTo(event.version());
        }
    }
}
