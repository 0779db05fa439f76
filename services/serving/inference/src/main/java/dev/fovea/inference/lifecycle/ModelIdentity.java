package dev.fovea.inference.lifecycle;

/// The model that answered.
///
/// @param digest `sha256:` and the hexadecimal digest of the model file
public record ModelIdentity(String name, int version, String digest) {
    public static ModelIdentity of(ServingModel model) {
        return new ModelIdentity(model.manifest().name(), model.manifest().version(), model.digest());
    }

    @Override
    public String toString() {
        return name + "@" + version;
    }
}
