package dev.fovea.kafka;

import com.google.protobuf.Message;

/// What a service says to one event; becomes the value of one result record.
///
/// @param type the CloudEvents type, for example `dev.fovea.patch-description.v1`
public record EventAnswer(String type, Message payload, AnsweringModel model) {}
