package dev.fovea.builder.release;

/// Which release of the program makes a model.
public final class FoveaVersion {

    /// Part of every model's provenance, hence of its digest: it changes when a release changes what is built.
    public static final String NUMBER = "0.1.0";

    /// As the provenance names the program.
    public static final String BUILDER = "fovea " + NUMBER;

    private FoveaVersion() {}
}
