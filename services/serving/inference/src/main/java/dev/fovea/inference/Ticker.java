package dev.fovea.inference;

/// The clock of the inference core: nanoseconds from an arbitrary origin, never going back.
@FunctionalInterface
public interface Ticker {

    long nanoTime();

    static Ticker system() {
        return System::nanoTime;
    }
}
