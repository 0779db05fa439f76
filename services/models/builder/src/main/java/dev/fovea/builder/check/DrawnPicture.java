package dev.fovea.builder.check;

import com.google.protobuf.ByteString;
import dev.fovea.proto.v1.ImageInput;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/// A picture in which every network finds something: blobs of many sizes on stripes.
final class DrawnPicture {

    private static final int SIDE = 256;
    private static final int STEP = 32;

    private DrawnPicture() {}

    /// A PNG of 256 x 256 pixels, always the same.
    static ImageInput png() throws IOException {
        var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        for (int at = 0; at < SIDE; at += STEP) {
            pen.setColor(new Color(40 + at / 2, 120, 220 - at / 2));
            pen.fillRect(at, 0, STEP, SIDE);
        }
        pen.setColor(Color.WHITE);
        for (int y = STEP / 2; y < SIDE; y += STEP) {
            for (int x = STEP / 2; x < SIDE; x += STEP) {
                int size = 4 + (x * 7 + y * 3) % 20;
                pen.fillOval(x - size / 2, y - size / 2, size, size);
            }
        }
        pen.dispose();
        var file = new ByteArrayOutputStream();
        ImageIO.write(image, "png", file);
        return ImageInput.newBuilder()
                .setContent(ByteString.copyFrom(file.toByteArray()))
                .build();
    }
}
