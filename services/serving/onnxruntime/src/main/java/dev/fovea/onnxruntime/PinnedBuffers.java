package dev.fovea.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.OutputSet;
import dev.fovea.repository.ModelManifest;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The pinned input and outputs of one batch. Outputs that only explain are allocated when a run first asks for
/// them: a process that is never asked holds no memory for them.
///
/// Owned by the session's thread; the session closes it.
final class PinnedBuffers implements BatchBuffers, AutoCloseable {

    private final OrtEnvironment environment;
    private final ModelManifest manifest;
    private final PinnedTensors input;
    private final PinnedTensors answers;
    private Optional<PinnedTensors> explanations = Optional.empty();
    private List<Tensor> fetched;

    PinnedBuffers(OrtEnvironment environment, ModelManifest manifest) {
        this.environment = environment;
        this.manifest = manifest;
        this.input = new PinnedTensors(environment, manifest.inputs(), manifest.batchBuckets());
        this.answers = new PinnedTensors(environment, manifest.answers(), manifest.batchBuckets());
        this.fetched = answers.memory();
    }

    @Override
    public Tensor input() {
        return input.memory().getFirst();
    }

    @Override
    public List<Tensor> outputs() {
        return fetched;
    }

    Map<String, OnnxTensor> inputs(int bucket) {
        return input.at(bucket);
    }

    /// What a run at this bucket writes to; [#outputs] are these from now on.
    ///
    /// @throws OutOfMemoryError if there is no direct memory for outputs asked for the first time; nothing changes
    Map<String, OnnxTensor> fetch(OutputSet outputs, int bucket) {
        return switch (outputs) {
            case ANSWERS -> {
                fetched = answers.memory();
                yield answers.at(bucket);
            }
            case ALL -> {
                PinnedTensors more = explanations();
                fetched = Stream.of(answers, more)
                        .flatMap(tensors -> tensors.memory().stream())
                        .toList();
                Map<String, OnnxTensor> all = new HashMap<>(answers.at(bucket));
                all.putAll(more.at(bucket));
                yield all;
            }
        };
    }

    private PinnedTensors explanations() {
        if (explanations.isEmpty()) {
            explanations =
                    Optional.of(new PinnedTensors(environment, manifest.explanations(), manifest.batchBuckets()));
        }
        return explanations.get();
    }

    /// Zeroes the input's rows `from` (inclusive) to `to` (exclusive), so that padding never carries an earlier
    /// caller's item.
    void zeroRows(int from, int to) {
        if (to > from) {
            MemorySegment.ofBuffer(input().bytes(from, to)).fill((byte) 0);
        }
    }

    @Override
    public void close() {
        input.close();
        answers.close();
        explanations.ifPresent(PinnedTensors::close);
    }
}
