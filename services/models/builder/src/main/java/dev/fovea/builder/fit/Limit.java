package dev.fovea.builder.fit;

/// What an option's whole number may be.
final class Limit {

    private Limit() {}

    /// @throws IllegalArgumentException naming the option, its value and its range
    static void require(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + " " + value + " is outside " + least + " to " + most);
        }
    }
}
