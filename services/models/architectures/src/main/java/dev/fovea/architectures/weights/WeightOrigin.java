package dev.fovea.architectures.weights;

import dev.fovea.repository.Provenance;
import java.util.Optional;

/// Where weights come from, for the manifest.
///
/// @param source for a person: a file's name, or the rule that makes the numbers
/// @param sha256 hexadecimal digest of the file, where there is one
/// @param licence SPDX identifier, or `unknown`
public record WeightOrigin(Provenance.Kind kind, String source, Optional<String> sha256, String licence) {

    public Provenance provenance(String builder) {
        return new Provenance(kind, source, sha256, licence, builder);
    }
}
