package dev.fovea.architectures;

import java.util.List;

/// A network that can be built by name.
public interface Architecture {

    /// Lower case, as users type it: `siftnet`.
    String name();

    /// What its models are for, as the manifest says it: `patch-description`.
    String task();

    /// One sentence for the help text.
    String summary();

    /// Its options, in the order they are shown.
    List<Option> options();

    /// Whether its numbers are learnt; if not, every constant follows from the options.
    boolean takesWeights();

    /// Builds the graph and its manifest.
    ///
    /// @throws IllegalArgumentException if an option is unknown or out of range, quoting value and limit
    BuiltModel build(ModelRequest request);
}
