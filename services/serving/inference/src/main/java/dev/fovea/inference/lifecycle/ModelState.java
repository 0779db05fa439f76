package dev.fovea.inference.lifecycle;

import java.time.Instant;

/// Where a model is in its life. Each state offers only its legal exits.
public sealed interface ModelState {

    /// Reading the file and creating the sessions.
    record Loading() implements ModelState {
        public Warming warming() {
            return new Warming();
        }

        public Stopped stopped() {
            return new Stopped();
        }

        public Failed failed(Throwable cause) {
            return new Failed(cause);
        }
    }

    /// Running every bucket once and checking the stored sample.
    record Warming() implements ModelState {
        public Serving serving() {
            return new Serving();
        }

        public Stopped stopped() {
            return new Stopped();
        }

        public Failed failed(Throwable cause) {
            return new Failed(cause);
        }
    }

    /// Answering.
    record Serving() implements ModelState {
        public Draining draining(Instant until) {
            return new Draining(until);
        }

        public Failed failed(Throwable cause) {
            return new Failed(cause);
        }
    }

    /// Finishing what is queued, refusing the rest.
    record Draining(Instant until) implements ModelState {
        public Stopped stopped() {
            return new Stopped();
        }
    }

    /// Lost for good; only a new process helps.
    record Failed(Throwable cause) implements ModelState {
        public Stopped stopped() {
            return new Stopped();
        }
    }

    /// All memory is freed.
    record Stopped() implements ModelState {}

    /// The state's name in upper case, as in `ServiceInfo`.
    default String label() {
        return getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT);
    }
}
