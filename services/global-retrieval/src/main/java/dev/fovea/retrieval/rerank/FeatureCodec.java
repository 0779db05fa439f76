package dev.fovea.retrieval.rerank;

import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.lifecycle.ModelIdentity;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// [LocalFeatures] as bytes: 10 a keypoint, one an element of its descriptor, and about 100 for the model's
/// name.
///
/// | of a keypoint | bytes | as |
/// |---|---|---|
/// | x, y | 2 + 2 | 65,536 steps over the image's width and height |
/// | size | 2 | half float, relative error below 0.05 % |
/// | angle | 2 | 65,536 steps of the circle |
/// | response | 2 | half float |
final class FeatureCodec {

    /// Lengths of both texts, version, dimension, count, scale and offset.
    private static final int FIXED = 2 * Short.BYTES + 3 * Integer.BYTES + 2 * Float.BYTES;

    private static final int KEYPOINT_BYTES = 5 * Short.BYTES;
    private static final int STEPS = 65_535;
    private static final float CIRCLE = 65_536 / 360f;
    private static final float LARGEST_HALF = 65_504;

    /// Smallest positive half float: a size never becomes 0.
    private static final float SMALLEST_HALF = 0x1p-24f;

    private FeatureCodec() {}

    static ByteBuffer write(LocalFeatures features) {
        byte[] name = features.model().name().getBytes(StandardCharsets.UTF_8);
        byte[] digest = features.model().digest().getBytes(StandardCharsets.UTF_8);
        QuantizedDescriptors descriptors = features.descriptors();
        int each = KEYPOINT_BYTES + descriptors.dimension();
        int bytes = FIXED + name.length + digest.length + Math.multiplyExact(descriptors.count(), each);
        ByteBuffer target = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        target.putShort((short) name.length).put(name);
        target.putInt(features.model().version());
        target.putShort((short) digest.length).put(digest);
        target.putInt(descriptors.dimension()).putInt(descriptors.count());
        target.putFloat(descriptors.scale()).putFloat(descriptors.offset());
        features.keypoints().forEach(keypoint -> put(target, keypoint, features.image()));
        return target.put(descriptors.rows()).flip();
    }

    private static void put(ByteBuffer target, Keypoint keypoint, ImageSize image) {
        target.putShort(step(keypoint.x(), image.widthPx()));
        target.putShort(step(keypoint.y(), image.heightPx()));
        target.putShort(Float.floatToFloat16(Math.clamp(keypoint.size(), SMALLEST_HALF, LARGEST_HALF)));
        target.putShort((short) Math.round(keypoint.angleDegrees() % 360 * CIRCLE));
        target.putShort(Float.floatToFloat16(Math.clamp(keypoint.response(), -LARGEST_HALF, LARGEST_HALF)));
    }

    /// @throws UnreadablePayload if the numbers contradict each other
    static LocalFeatures read(ByteBuffer source, ImageSize image) {
        try {
            String name = text(source);
            int version = source.getInt();
            var model = new ModelIdentity(name, version, text(source));
            int dimension = source.getInt();
            int count = source.getInt();
            float scale = source.getFloat();
            float offset = source.getFloat();
            if (dimension < 1 || count < 0 || (long) count * (KEYPOINT_BYTES + dimension) > source.remaining()) {
                throw new UnreadablePayload("a stored payload says that it holds " + count + " descriptors of "
                        + dimension + " elements, but has " + source.remaining() + " bytes left");
            }
            List<Keypoint> keypoints = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                keypoints.add(keypoint(source, image));
            }
            ByteBuffer rows = source.slice(source.position(), count * dimension);
            source.position(source.position() + rows.remaining());
            return new LocalFeatures(model, image, keypoints, QuantizedDescriptors.of(rows, dimension, scale, offset));
        } catch (BufferUnderflowException | InvalidInput contradiction) {
            throw new UnreadablePayload("a stored payload contradicts itself: " + contradiction.getMessage());
        }
    }

    private static String text(ByteBuffer source) {
        byte[] bytes = new byte[Short.toUnsignedInt(source.getShort())];
        source.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Keypoint keypoint(ByteBuffer source, ImageSize image) {
        float x = place(source.getShort(), image.widthPx());
        float y = place(source.getShort(), image.heightPx());
        float size = Float.float16ToFloat(source.getShort());
        float angle = Short.toUnsignedInt(source.getShort()) / CIRCLE;
        return new Keypoint(x, y, size, angle, Float.float16ToFloat(source.getShort()));
    }

    /// The image reaches from -0.5 to side - 0.5.
    private static short step(float at, int side) {
        return (short) Math.clamp(Math.round((at + 0.5) / side * STEPS), 0, STEPS);
    }

    private static float place(short step, int side) {
        return (float) ((double) Short.toUnsignedInt(step) / STEPS * side - 0.5);
    }
}
