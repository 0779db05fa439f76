package dev.fovea.tests.load;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.imaging.preprocess.ImagePreprocessor;
import dev.fovea.inference.Tensor;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ModelManifest;
import dev.fovea.tests.gpu.RawLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;

/// A raw ONNX Runtime loop that is fed by a second thread, which decodes photographs and preprocesses them: what two
/// processors reach without a service.
///
/// One batch is made while another runs. One thread uses it; close it.
final class DecodingLoop implements AutoCloseable {

    private static final int BATCHES = 2;

    private final RawLoop raw;
    private final List<byte[]> photographs;
    private final ImageDecoder decoder = new ImageDecoder(DecodeLimits.defaults());
    private final ImagePreprocessor preprocessor;
    private final BlockingQueue<Tensor> empty = new ArrayBlockingQueue<>(BATCHES);
    private final BlockingQueue<Tensor> full = new ArrayBlockingQueue<>(BATCHES);
    private volatile boolean stopping;
    private int next; // owned by the decoding thread

    /// @param raw of this model; stays the caller's
    DecodingLoop(RawLoop raw, ModelManifest manifest, int batch, List<byte[]> photographs) {
        this.raw = raw;
        this.photographs = List.copyOf(photographs);
        this.preprocessor = new ImagePreprocessor((ImagePreprocessing) manifest.preprocessing());
        for (int i = 0; i < BATCHES; i++) {
            empty.add(Tensor.allocate(manifest.inputs().getFirst(), batch));
        }
    }

    /// Photographs a second, decoded on one thread while the model runs on the caller's.
    double perSecond(double seconds) throws Exception {
        stopping = false;
        FutureTask<Boolean> feeding = new FutureTask<>(this::feed);
        Thread.ofPlatform().name("decoding").start(feeding);
        try {
            return Rate.of(this::runOne, seconds);
        } finally {
            stopping = true;
            full.drainTo(empty); // the thread may be waiting for one
            feeding.get();
            full.drainTo(empty);
        }
    }

    /// Photographs a second of the decoding thread alone.
    double decodedPerSecond(double seconds) throws Exception {
        Tensor batch = empty.take();
        try {
            return Rate.of(() -> fill(batch), seconds);
        } finally {
            empty.put(batch);
        }
    }

    private int runOne() throws Exception {
        Tensor batch = full.take();
        raw.load(batch);
        empty.put(batch);
        return raw.run();
    }

    private Boolean feed() throws Exception {
        while (!stopping) {
            Tensor batch = empty.take();
            fill(batch);
            full.put(batch);
        }
        return true;
    }

    private int fill(Tensor batch) throws IOException, InterruptedException {
        for (int row = 0; row < batch.rows(); row++) {
            byte[] photograph = photographs.get(next++ % photographs.size());
            try (Image image = decoder.decode(ByteBuffer.wrap(photograph))) {
                preprocessor.prepare(image, batch, row);
            }
        }
        return batch.rows();
    }

    @Override
    public void close() {
        decoder.close();
    }
}
