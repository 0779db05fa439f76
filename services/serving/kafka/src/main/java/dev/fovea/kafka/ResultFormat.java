package dev.fovea.kafka;

/// How results are written.
public enum ResultFormat {
    PROTOBUF("application/protobuf"),
    /// The proto3 JSON of the same message.
    JSON("application/json");

    private final String contentType;

    ResultFormat(String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }
}
