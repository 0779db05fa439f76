package dev.fovea.local;

import dev.fovea.proto.v1.PatchDescriptionResult;

/// What the service published about one event.
sealed interface Answer {

    /// The image event's id.
    String id();

    /// The trace the event belonged to; empty if it had none.
    String trace();

    record Described(String id, String trace, PatchDescriptionResult result) implements Answer {}

    /// @param code stable, for example `IMAGE_UNDECODABLE`
    /// @param reason one sentence for a person
    record DeadLetter(String id, String trace, String code, String reason) implements Answer {}
}
