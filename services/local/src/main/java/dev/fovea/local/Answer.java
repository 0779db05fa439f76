package dev.fovea.local;

/// What a service published about one event.
sealed interface Answer {

    /// The service's name.
    String service();

    /// The image event's id.
    String id();

    /// The trace the event belonged to; empty if it had none.
    String trace();

    record Result(String service, String trace, Reception.Received received) implements Answer {

        @Override
        public String id() {
            return received.imageId();
        }
    }

    /// @param code stable, for example `IMAGE_UNDECODABLE`
    /// @param reason one sentence for a person
    record DeadLetter(String service, String id, String trace, String code, String reason) implements Answer {}
}
