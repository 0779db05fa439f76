package dev.fovea.inference.lifecycle;

/// Which model a request asks for.
///
/// @param name empty: the service's default
/// @param version 0: the newest that serves
public record ModelRef(String name, long version) {
    /// The newest serving version of the default model.
    public static final ModelRef DEFAULT = new ModelRef("", 0);

    /// `siftnet@3`, or `siftnet` for the newest version.
    @Override
    public String toString() {
        return version == 0 ? name : name + "@" + version;
    }
}
