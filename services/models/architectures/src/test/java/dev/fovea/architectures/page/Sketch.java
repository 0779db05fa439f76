package dev.fovea.architectures.page;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;

/// A sheet for diagrams: boxes, pictures, arrows and labels at logical sizes, twice as many pixels.
final class Sketch {

    static final Color INK = new Color(45, 48, 56);
    static final Color FAINT = new Color(112, 118, 130);

    private static final int SCALE = 2;
    private static final double HEAD = 7;
    private static final Font NAME = new Font(Font.SANS_SERIF, Font.BOLD, 13);
    private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    private static final int LINE = 14;

    private final BufferedImage image;
    private final Graphics2D graphics;

    Sketch(int width, int height) {
        image = new BufferedImage(width * SCALE, height * SCALE, BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.scale(SCALE, SCALE);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
    }

    BufferedImage image() {
        return image;
    }

    void picture(BufferedImage picture, double x, double y, double side) {
        graphics.drawImage(picture, (int) x, (int) y, (int) side, (int) side, null);
        graphics.setStroke(new BasicStroke(1));
        graphics.setColor(new Color(170, 174, 182));
        graphics.draw(new RoundRectangle2D.Double(x, y, side, side, 2, 2));
    }

    /// @param lines the first in bold
    void box(double x, double y, double width, double height, Color fill, String... lines) {
        var shape = new RoundRectangle2D.Double(x, y, width, height, 12, 12);
        graphics.setColor(fill);
        graphics.fill(shape);
        graphics.setStroke(new BasicStroke(1.3f));
        graphics.setColor(fill.darker());
        graphics.draw(shape);
        double top = y + height / 2 - (lines.length - 1) * LINE / 2.0 + 4.5;
        for (int i = 0; i < lines.length; i++) {
            text(lines[i], x + width / 2, top + i * LINE, i == 0 ? NAME : LABEL, i == 0 ? INK : FAINT);
        }
    }

    /// What a picture shows, in bold, and its shape, centred below it.
    void caption(String name, String shape, double x, double y) {
        text(name, x, y, NAME, INK);
        text(shape, x, y + LINE + 1, LABEL, FAINT);
    }

    void label(String text, double x, double y) {
        text(text, x, y, LABEL, FAINT);
    }

    /// From the left, not centred.
    void note(String text, double x, double y, boolean bold) {
        graphics.setFont(bold ? NAME : LABEL);
        graphics.setColor(bold ? INK : FAINT);
        graphics.drawString(text, (float) x, (float) y);
    }

    /// A line through points that ends in an arrow.
    void arrow(double... xy) {
        line(new BasicStroke(1.7f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND), INK, xy);
        double x = xy[xy.length - 2];
        double y = xy[xy.length - 1];
        double angle = Math.atan2(y - xy[xy.length - 3], x - xy[xy.length - 4]);
        var head = new Path2D.Double();
        head.moveTo(x + 1, y);
        for (int side = -1; side <= 1; side += 2) {
            head.lineTo(x - HEAD * Math.cos(angle + side * 0.45), y - HEAD * Math.sin(angle + side * 0.45));
        }
        head.closePath();
        graphics.fill(head);
    }

    void dashed(Color colour, double... xy) {
        float[] dashes = {5, 4};
        line(new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0), colour, xy);
    }

    void line(BasicStroke stroke, Color colour, double... xy) {
        var path = new Path2D.Double();
        path.moveTo(xy[0], xy[1]);
        for (int i = 2; i < xy.length; i += 2) {
            path.lineTo(xy[i], xy[i + 1]);
        }
        graphics.setStroke(stroke);
        graphics.setColor(colour);
        graphics.draw(path);
    }

    void dot(double x, double y, double radius, Color colour) {
        graphics.setColor(colour);
        graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    void ring(double x, double y, double radius, Color colour) {
        graphics.setStroke(new BasicStroke(2.4f));
        graphics.setColor(colour);
        graphics.draw(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    private void text(String text, double x, double y, Font font, Color colour) {
        graphics.setFont(font);
        graphics.setColor(colour);
        double width = graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
        graphics.drawString(text, (float) (x - width / 2), (float) y);
    }
}
