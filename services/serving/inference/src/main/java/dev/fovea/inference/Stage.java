package dev.fovea.inference;

import java.util.Locale;

/// The six stages of every service, by the words used in metrics, spans, timings and documents.
public enum Stage {
    DECODE,
    PREPROCESS,
    BATCH,
    INFER,
    POSTPROCESS,
    PUBLISH;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
