package dev.fovea.builder.evaluate.patches;

import dev.fovea.builder.evaluate.patches.EvaluationReport.MeasuredSequence;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.inference.session.SessionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Measures descriptors on sequences: finds the patches once, then describes and scores them one descriptor
/// after another, so that only one's answers are in memory.
///
/// For one thread; it closes neither the decoder nor the descriptors.
final class Evaluation {

    /// Below this, figures say nothing.
    private static final int FEWEST_PATCHES = 5;

    private final List<ImageSequence> sequences;
    private final EvaluationSettings settings;
    private final ImageDecoder decoder;
    private final List<SequenceFrames> frames = new ArrayList<>();

    Evaluation(List<ImageSequence> sequences, EvaluationSettings settings, ImageDecoder decoder) {
        this.sequences = List.copyOf(sequences);
        this.settings = settings;
        this.decoder = decoder;
    }

    /// @param found is told of every sequence
    /// @throws IOException naming the file that cannot be read, or the sequence that has too few patches
    void findPatches(Runnable found) throws IOException, InterruptedException {
        for (ImageSequence sequence : sequences) {
            try (OpenSequence open = OpenSequence.open(sequence, decoder)) {
                SequenceFrames placed = SequenceFrames.of(open, settings);
                if (placed.reference().size() < FEWEST_PATCHES) {
                    throw new IOException("sequence " + sequence.name() + " has "
                            + placed.reference().size() + " patches that are seen in all of its images; at least "
                            + FEWEST_PATCHES + " are needed");
                }
                frames.add(placed);
            }
            found.run();
        }
    }

    /// After [#findPatches].
    ///
    /// @param described is told of every image
    /// @throws IOException naming the file that cannot be read
    /// @throws SessionException if the descriptor's model fails
    DescriptorScores score(PatchDescriptor descriptor, Runnable described)
            throws IOException, InterruptedException, SessionException {
        List<DescribedSequence> answers = new ArrayList<>();
        for (int i = 0; i < sequences.size(); i++) {
            try (OpenSequence open = OpenSequence.open(sequences.get(i), decoder)) {
                answers.add(DescribedSequence.of(open, frames.get(i), descriptor, described));
            }
        }
        return DescriptorScores.of(descriptor, answers, settings.levels(), pairs());
    }

    private Verification pairs() {
        return Verification.draw(
                frames.stream().map(placed -> placed.reference().size()).toList(),
                sequences.stream().map(sequence -> sequence.images().size()).toList(),
                settings.pairs(),
                settings.seed());
    }

    EvaluationReport report(List<DescriptorScores> scores) {
        List<MeasuredSequence> measured = new ArrayList<>();
        for (int i = 0; i < sequences.size(); i++) {
            measured.add(new MeasuredSequence(
                    sequences.get(i).name(),
                    sequences.get(i).images().size(),
                    frames.get(i).reference().size()));
        }
        return new EvaluationReport(settings, measured, scores);
    }
}
