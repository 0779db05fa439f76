package dev.fovea.tests.integration.retrieval;

import com.google.protobuf.ByteString;
import dev.fovea.proto.v1.ImageEvent;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.tests.contract.service.EventLoad;
import dev.fovea.tests.contract.service.Sender;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Events of one kind and another about a few ids: images as files and as messages with attributes, the same
/// event sent again, deletes. One thread uses it.
final class ImageStream {

    private static final int IDS = 150;
    private static final Instant START = Instant.parse("2026-05-01T08:30:00.125Z");

    private final Random random;
    private final List<byte[]> images;
    private int sent;

    ImageStream(long seed) {
        random = new Random(seed);
        images = EventLoad.images(seed);
    }

    /// Events sent so far.
    int sent() {
        return sent;
    }

    /// Sends events until there are so many in all.
    void sendUpTo(int count, Sender sender) {
        while (sent < count) {
            sendNext(sender, count);
        }
    }

    private void sendNext(Sender sender, int count) {
        String id = "photo-" + random.nextInt(IDS);
        byte[] image = images.get(random.nextInt(images.size()));
        int kind = random.nextInt(100);
        if (kind < 8) {
            sender.sendTombstone(id);
        } else if (kind < 20) {
            sender.send(id, image, Map.of("content-type", "image/jpeg"));
        } else {
            byte[] event = event(image);
            sendMessage(id, event, sender);
            if (kind < 25 && sent + 1 < count) {
                sendMessage(id, event, sender);
                sent++;
            }
        }
        sent++;
    }

    private static void sendMessage(String id, byte[] event, Sender sender) {
        sender.send(id, event, Map.of("content-type", "application/protobuf"));
    }

    private byte[] event(byte[] image) {
        return ImageEvent.newBuilder()
                .setImage(ImageInput.newBuilder().setContent(ByteString.copyFrom(image)))
                .putAttributes("number", Double.toString(sent / 8.0))
                .putAttributes("colour", "colour " + sent % 7)
                .putAttributes("taken", START.plusSeconds(sent).toString())
                .putAttributes("camera", "of no concern")
                .build()
                .toByteArray();
    }
}
