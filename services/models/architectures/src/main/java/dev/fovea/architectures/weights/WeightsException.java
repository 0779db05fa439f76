package dev.fovea.architectures.weights;

import java.util.regex.Pattern;

/// Weights that cannot be read or do not fit the network; the message names the file or the tensors.
///
/// Files name tensors as they like: control characters, line ends and invisible characters become `?`.
public final class WeightsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    public WeightsException(String message) {
        super(printable(message));
    }

    public WeightsException(String message, Throwable cause) {
        super(printable(message), cause);
    }

    private static String printable(String message) {
        return UNPRINTABLE.matcher(message).replaceAll("?");
    }
}
