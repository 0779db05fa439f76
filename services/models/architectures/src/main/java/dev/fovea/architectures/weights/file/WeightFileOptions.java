package dev.fovea.architectures.weights.file;

import dev.fovea.repository.Provenance;
import java.util.Optional;

/// How to read a weight file.
///
/// @param entry path of the dictionary of tensors in a checkpoint, parts divided by `/`; empty: the
///     usual ones
/// @param kind of the numbers; empty: as the file says, else [Provenance.Kind#TRAINED]
/// @param licence of the numbers, an SPDX identifier or `unknown`
public record WeightFileOptions(Optional<String> entry, Optional<Provenance.Kind> kind, String licence) {

    public static final WeightFileOptions DEFAULT =
            new WeightFileOptions(Optional.empty(), Optional.empty(), "unknown");

    public WeightFileOptions withEntry(String newEntry) {
        return new WeightFileOptions(Optional.of(newEntry), kind, licence);
    }

    public WeightFileOptions withKind(Provenance.Kind newKind) {
        return new WeightFileOptions(entry, Optional.of(newKind), licence);
    }

    public WeightFileOptions withLicence(String newLicence) {
        return new WeightFileOptions(entry, kind, newLicence);
    }
}
