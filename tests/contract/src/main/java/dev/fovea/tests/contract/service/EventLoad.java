package dev.fovea.tests.contract.service;

import com.google.protobuf.ByteString;
import dev.fovea.proto.v1.ImageEvent;
import dev.fovea.proto.v1.ImageInput;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/// Numbered image events over a few images and keys; every hundredth is poisoned in one of two ways.
public record EventLoad(int events, long seed) {

    /// Header that tells events apart, also in dead letters.
    static final String NUMBER_HEADER = "test-number";

    private static final int KEYS = 97;
    private static final int IMAGES = 8;
    private static final int SIDE_PX = 96;

    static String key(int number) {
        return "camera-" + number % KEYS;
    }

    static int image(int number) {
        return number % IMAGES;
    }

    static boolean poisoned(int number) {
        return number % 100 == 57;
    }

    /// Sends every event as soon as the pace allows it, and waits until the broker has them all.
    void send(Sender sender, Pace pace) throws ExecutionException, InterruptedException {
        List<byte[]> images = images(seed);
        for (int number = 0; number < events; number++) {
            pace.await(number);
            sender.send(
                    key(number),
                    value(number, images.get(image(number))),
                    Map.of("content-type", "application/protobuf", NUMBER_HEADER, Integer.toString(number)));
        }
        sender.finish();
    }

    /// JPEG files of small textures.
    public static List<byte[]> images(long seed) {
        return IntStream.range(0, IMAGES)
                .mapToObj(image -> texture(new Random(seed + image)))
                .toList();
    }

    private static byte[] value(int number, byte[] jpeg) {
        if (!poisoned(number)) {
            return event(number, ByteString.copyFrom(jpeg));
        }
        boolean unreadableEvent = number / 100 % 2 == 0;
        return unreadableEvent
                ? "not a message at all".getBytes(StandardCharsets.UTF_8)
                : event(number, ByteString.copyFrom(jpeg, 0, 40));
    }

    private static byte[] event(int number, ByteString content) {
        return ImageEvent.newBuilder()
                .setId(Integer.toString(number))
                .setImage(ImageInput.newBuilder().setContent(content))
                .build()
                .toByteArray();
    }

    /// Random discs and bars: corners and blobs that a detector finds.
    private static byte[] texture(Random random) {
        BufferedImage image = new BufferedImage(SIDE_PX, SIDE_PX, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        for (int shape = 0; shape < 40; shape++) {
            canvas.setColor(new Color(random.nextInt(256), random.nextInt(256), random.nextInt(256)));
            int x = random.nextInt(SIDE_PX);
            int y = random.nextInt(SIDE_PX);
            int size = 4 + random.nextInt(14);
            if (random.nextBoolean()) {
                canvas.fillOval(x - size / 2, y - size / 2, size, size);
            } else {
                canvas.fillRect(x - size / 2, y - size / 2, size, size / 2 + 2);
            }
        }
        canvas.dispose();
        try (ByteArrayOutputStream file = new ByteArrayOutputStream()) {
            ImageIO.write(image, "jpeg", file);
            return file.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
