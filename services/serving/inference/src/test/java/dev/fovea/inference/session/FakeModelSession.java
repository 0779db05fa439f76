package dev.fovea.inference.session;

import dev.fovea.inference.Tensor;
import dev.fovea.repository.ModelManifest;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/// Runs [FakeModel] as a test programs it, and remembers every row it saw.
///
/// Programmed from any thread. Like a real session it is confined to the thread that made it; a violation
/// throws.
public final class FakeModelSession implements ModelSession {

    /// Stands for the stored sample, whose rows are no whole numbers, among the identities of a [Run].
    public static final int SAMPLE = -1;

    private final ModelManifest manifest;
    private final Thread owner = Thread.currentThread();
    private final FakeScript script;
    private final List<FakeBuffers> buffers = new ArrayList<>();
    private final List<Run> runs = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /// @param script may be shared with the test and with other sessions
    public FakeModelSession(ModelManifest manifest, FakeScript script) {
        this.manifest = manifest;
        this.script = script;
    }

    @Override
    public ModelManifest manifest() {
        return manifest;
    }

    @Override
    public String digest() {
        return "sha256:fake";
    }

    @Override
    public List<String> executionProviders() {
        return List.of("fake");
    }

    @Override
    public BatchBuffers newBuffers() {
        checkUse();
        FakeBuffers made = new FakeBuffers(manifest);
        buffers.add(made);
        return made;
    }

    @Override
    public int run(BatchBuffers used, int rows, OutputSet outputs) throws SessionException {
        checkUse();
        if (!(used instanceof FakeBuffers own) || !buffers.contains(own)) {
            throw new IllegalArgumentException("these buffers are another session's");
        }
        if (rows < 1 || rows > manifest.maxBatch()) {
            throw new IllegalArgumentException("a batch of " + rows + " rows is outside 1 to " + manifest.maxBatch());
        }
        List<float[]> items = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            items.add(used.input().row(row));
        }
        int bucket = manifest.bucketFor(rows);
        runs.add(new Run(items.stream().map(FakeModelSession::identity).toList(), bucket, outputs));
        script.play(items);
        own.fetch(outputs);
        for (int row = 0; row < rows; row++) {
            answer(items.get(row), own.outputs(), row);
        }
        return bucket;
    }

    private void answer(float[] item, List<Tensor> outputs, int row) {
        float[] answer = FakeModel.compute(item[0], item[1]);
        FloatBuffer first = outputs.getFirst().floats();
        for (int i = 0; i < answer.length; i++) {
            first.put(row * answer.length + i, script.isWrong() ? answer[i] + 1 : answer[i]);
        }
        outputs.get(1).floats().put(row, item[0]);
        if (outputs.size() > 2) {
            outputs.get(2).floats().put(row, item[0] + item[1]);
        }
    }

    @Override
    public void close() {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("closed by " + Thread.currentThread() + ", owned by " + owner);
        }
        closed = true;
    }

    public boolean isClosed() {
        return closed;
    }

    /// All runs since the session was loaded or [#forget] was called, those that failed included.
    public List<Run> runs() {
        return List.copyOf(runs);
    }

    /// The identities of all rows of all [#runs], without the stored sample.
    public List<Integer> seen() {
        return runs.stream()
                .flatMap(run -> run.identities().stream())
                .filter(identity -> identity != SAMPLE)
                .toList();
    }

    public void forget() {
        runs.clear();
    }

    private void checkUse() {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("used by " + Thread.currentThread() + ", owned by " + owner);
        }
        if (closed) {
            throw new IllegalStateException("session is closed");
        }
    }

    /// One run, by the identities of its rows.
    public record Run(List<Integer> identities, int bucket, OutputSet outputs) {}

    private static final class FakeBuffers implements BatchBuffers {

        private final Tensor input;
        private final List<Tensor> all;
        private final int answers;
        private List<Tensor> fetched;

        FakeBuffers(ModelManifest manifest) {
            this.input = Tensor.allocate(manifest.inputs().getFirst(), manifest.maxBatch());
            this.all = manifest.outputs().stream()
                    .map(spec -> Tensor.allocate(spec, manifest.maxBatch()))
                    .toList();
            this.answers = manifest.answers().size();
            this.fetched = all.subList(0, answers);
        }

        void fetch(OutputSet outputs) {
            fetched = outputs == OutputSet.ALL ? all : all.subList(0, answers);
        }

        @Override
        public Tensor input() {
            return input;
        }

        @Override
        public List<Tensor> outputs() {
            return fetched;
        }
    }

    private static int identity(float[] item) {
        return item[0] == Math.round(item[0]) ? Math.round(item[0]) : SAMPLE;
    }

    /// Whether a predicate holds for the identity of a row; it is not asked about the stored sample.
    static boolean any(List<float[]> items, Predicate<Integer> identity) {
        return items.stream()
                .mapToInt(FakeModelSession::identity)
                .anyMatch(number -> number != SAMPLE && identity.test(number));
    }
}
