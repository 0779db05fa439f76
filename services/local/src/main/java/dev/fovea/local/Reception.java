package dev.fovea.local;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.function.Consumer;

/// What becomes of one service's results: they are read, shown, counted and drawn.
///
/// One thread at a time may call it.
interface Reception {

    /// One result.
    ///
    /// @param imageId the image event's id
    /// @param line how it reads on the screen
    /// @param take counts and draws it; called for images of this run only, and once
    record Received(String imageId, String line, Consumer<ImageFile> take) {}

    /// Reads a value of the results' topic.
    ///
    /// @throws InvalidProtocolBufferException if it is none
    Received read(byte[] value) throws InvalidProtocolBufferException;

    /// The image has become a dead letter.
    void skip(ImageFile image);

    /// What has been taken in, for the total: `30 described (21764 keypoints)`.
    String total();
}
