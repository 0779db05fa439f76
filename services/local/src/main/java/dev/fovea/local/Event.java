package dev.fovea.local;

import java.io.IOException;
import java.nio.file.Files;

/// What is put on a topic.
///
/// @param contentType media type of the value
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, compared by nobody
record Event(String topic, String key, String contentType, byte[] value) {

    /// Makes an event of an image file.
    interface Form {

        /// @throws IOException if the file cannot be read
        Event of(ImageFile image) throws IOException;
    }

    /// The file as it is.
    static Event image(ImageFile image) throws IOException {
        return new Event(Topics.IMAGES, image.key(), image.contentType(), Files.readAllBytes(image.path()));
    }
}
