package dev.fovea.classification;

import dev.fovea.inference.Tensor;
import dev.fovea.inference.batching.Inferred;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.inference.lifecycle.Models;
import dev.fovea.inference.lifecycle.ServingModel;
import dev.fovea.inference.session.OutputSet;
import dev.fovea.repository.ModelManifest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The models that answer one request together: one, or several of the same classes.
record Ensemble(List<ServingModel> members) {
    private static final int MOST = 8;

    /// @param refs none: the default model
    /// @throws InvalidInput if there are too many, one is named twice, unknown, or of other classes than the first
    static Ensemble of(List<ModelRef> refs, Models models) {
        if (refs.size() > MOST) {
            throw new InvalidInput(
                    "ENSEMBLE_TOO_LARGE",
                    refs.size() + " models asked for; the limit is " + MOST + " a call",
                    refs.size(),
                    MOST);
        }
        List<ModelRef> asked = refs.isEmpty() ? List.of(ModelRef.DEFAULT) : refs;
        var ensemble = new Ensemble(asked.stream().map(models::find).toList());
        ensemble.requireDifferentModels();
        ensemble.requireSameClasses();
        return ensemble;
    }

    ServingModel first() {
        return members.getFirst();
    }

    List<ModelManifest> manifests() {
        return members.stream().map(ServingModel::manifest).toList();
    }

    List<ModelIdentity> identities() {
        return members.stream().map(ModelIdentity::of).toList();
    }

    /// Of the tensors made of one image; members that take in the same share one.
    long inputBytes(ViewChoice views) {
        long viewBytes = manifests().stream()
                .map(InputForm::of)
                .distinct()
                .mapToLong(InputForm::viewBytes)
                .sum();
        return viewBytes * views.rule().count(views.flip());
    }

    /// The answer of every member, one after another: sessions share the machine's cores or its device, so all at once
    /// would not be faster, and a request would take as many places in the queues as it has members.
    ///
    /// @param explained the first member's first view gets the outputs that explain, too
    List<ModelAnswer> infer(PreparedImage image, boolean explained, InFlight flight) throws InterruptedException {
        List<ModelAnswer> answers = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            ServingModel member = members.get(i);
            Tensor views = image.inputs().get(i);
            List<Inferred> parts = explained && i == 0
                    ? explained(member, views, flight)
                    : List.of(flight.infer(member.batcher(), views, OutputSet.ANSWERS));
            answers.add(new ModelAnswer(member.manifest(), parts));
        }
        return answers;
    }

    /// The other views go by themselves: what explains is a hundred times the size of what answers.
    private static List<Inferred> explained(ServingModel model, Tensor views, InFlight flight)
            throws InterruptedException {
        List<Inferred> parts = new ArrayList<>();
        parts.add(flight.infer(model.batcher(), views.slice(0, 1), OutputSet.ALL));
        if (views.rows() > 1) {
            parts.add(flight.infer(model.batcher(), views.slice(1, views.rows()), OutputSet.ANSWERS));
        }
        return parts;
    }

    private void requireDifferentModels() {
        Set<ModelIdentity> seen = new HashSet<>();
        for (ModelIdentity model : identities()) {
            if (!seen.add(model)) {
                throw new InvalidInput("ENSEMBLE_MODEL_TWICE", "model " + model + " is named twice", model, 1);
            }
        }
    }

    private void requireSameClasses() {
        ModelManifest wanted = first().manifest();
        for (ServingModel member : members) {
            String difference = difference(wanted, member.manifest());
            if (!difference.isEmpty()) {
                throw new InvalidInput(
                        "ENSEMBLE_LABELS_DIFFER",
                        "models of an ensemble need the same labels; " + difference,
                        ModelIdentity.of(member),
                        ModelIdentity.of(first()));
            }
        }
    }

    private static String difference(ModelManifest wanted, ModelManifest other) {
        int classes = wanted.outputs().getFirst().itemElements();
        int others = other.outputs().getFirst().itemElements();
        if (classes != others) {
            return text(other) + " has " + others + " classes, " + text(wanted) + " has " + classes;
        }
        for (int i = 0; i < classes; i++) {
            String label = ClassificationModels.label(wanted, i);
            String otherLabel = ClassificationModels.label(other, i);
            if (!label.equals(otherLabel)) {
                return "class " + i + " of " + text(other) + " is \"" + otherLabel + "\", of " + text(wanted) + " \""
                        + label + "\"";
            }
        }
        return "";
    }

    private static String text(ModelManifest manifest) {
        return manifest.name() + "@" + manifest.version();
    }
}
