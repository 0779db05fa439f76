package dev.fovea.architectures.weights.bytes;

import dev.fovea.architectures.weights.WeightsException;
import java.io.IOException;
import java.io.InputStream;

/// A readable run of bytes in a file. Reading opens the file anew, so nothing has to be closed.
public sealed interface Bytes permits FileBytes, InflatedBytes {

    /// The file's name, for messages.
    String subject();

    long size();

    /// @param from at most [#size]
    /// @throws IOException if the file cannot be opened or has changed since it was first looked at
    InputStream stream(long from) throws IOException;

    /// An error about these bytes: `name: problem`.
    default WeightsException error(String problem) {
        return new WeightsException(subject() + ": " + problem);
    }

    default WeightsException error(String problem, Throwable cause) {
        return new WeightsException(subject() + ": " + problem, cause);
    }
}
