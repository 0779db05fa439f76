package dev.fovea.kafka;

import com.google.protobuf.Message;
import java.util.Optional;

/// What a service says to one event; becomes the value of one result record.
///
/// @param type the CloudEvents type, for example `dev.fovea.patch-description.v1`
/// @param shorter what is published if the payload is more than a record may hold; empty: a dead letter
public record EventAnswer(String type, Message payload, Optional<Message> shorter, AnsweringModel model) {

    /// An answer of which nothing can be left out.
    public EventAnswer(String type, Message payload, AnsweringModel model) {
        this(type, payload, Optional.empty(), model);
    }
}
