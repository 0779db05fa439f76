package dev.fovea.tests.load;

import dev.fovea.inference.session.BatchBuffers;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Noise as input, the same at every call.
final class RandomImages {

    private RandomImages() {}

    /// Fills every row.
    static BatchBuffers fill(BatchBuffers buffers) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        ByteBuffer bytes = buffers.input().bytes();
        byte[] content = new byte[bytes.remaining()];
        random.nextBytes(content);
        bytes.put(content);
        return buffers;
    }
}
