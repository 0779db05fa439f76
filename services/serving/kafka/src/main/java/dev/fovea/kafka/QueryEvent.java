package dev.fovea.kafka;

import dev.fovea.proto.v1.SearchRequest;

/// One search. Whether the request makes sense is for the service to say.
///
/// @param request as sent; of a bare image it has nothing but that
public record QueryEvent(EventEnvelope envelope, SearchRequest request) implements Event {

    /// Without the request, which may be large.
    @Override
    public String toString() {
        return "query event " + id();
    }
}
