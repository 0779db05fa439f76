package dev.fovea.imaging.fetch;

import dev.fovea.inference.failure.InvalidInput;

/// The ways a reference is refused for good, in one wording.
final class Refusals {

    private Refusals() {}

    static InvalidInput notAllowed(String why, String value, String limit) {
        return new InvalidInput("REFERENCE_NOT_ALLOWED", why, value, limit);
    }

    static InvalidInput malformed(String why) {
        return new InvalidInput("REFERENCE_INVALID", why);
    }

    static InvalidInput notFound(String why) {
        return new InvalidInput("REFERENCE_NOT_FOUND", why);
    }

    static InvalidInput tooLarge(String what, int limit) {
        return new InvalidInput(
                "REFERENCE_TOO_LARGE",
                "referenced file of " + what + " is above " + limit + " bytes",
                what,
                limit + " bytes");
    }
}
