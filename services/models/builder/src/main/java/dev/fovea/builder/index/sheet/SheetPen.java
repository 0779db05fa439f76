package dev.fovea.builder.index.sheet;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/// Colours, letters and strokes of a contact sheet.
final class SheetPen {

    static final Color INK = new Color(236, 238, 242);
    static final Color QUIET = new Color(158, 164, 174);
    static final Color FACT = new Color(70, 240, 170);
    static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
    static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    static final Font HEAD = new Font(Font.SANS_SERIF, Font.BOLD, 24);

    private static final Color PAPER = new Color(24, 26, 31);

    private SheetPen() {}

    /// For a sheet that is wiped; whoever asked disposes of it.
    static Graphics2D on(BufferedImage sheet) {
        Graphics2D pen = sheet.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setColor(PAPER);
        pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        return pen;
    }

    /// Height of a picture in a box, pixels.
    static int height(BufferedImage picture, int width, int height) {
        return (int) Math.round(picture.getHeight() * scale(picture, width, height));
    }

    /// Fits a picture into a box: at its upper left, or in its middle. Returns its width as drawn.
    static int picture(
            Graphics2D pen, BufferedImage picture, int left, int top, int width, int height, boolean middle) {
        double scale = scale(picture, width, height);
        int w = Math.max(1, (int) Math.round(picture.getWidth() * scale));
        int h = Math.max(1, (int) Math.round(picture.getHeight() * scale));
        int x = left + (middle ? (width - w) / 2 : 0);
        int y = top + (middle ? (height - h) / 2 : 0);
        // Averages where it shrinks; the others of Java skip pixels.
        Image scaled = picture.getScaledInstance(w, h, Image.SCALE_AREA_AVERAGING);
        pen.drawImage(scaled, x, y, null);
        return w;
    }

    /// One line; what does not fit into the room is left out in its middle.
    static void text(Graphics2D pen, String text, Color colour, Font font, int left, int baseline, int room) {
        pen.setFont(font);
        pen.setColor(colour);
        pen.drawString(fitting(text, pen.getFontMetrics(), room), left, baseline);
    }

    private static String fitting(String text, FontMetrics metrics, int room) {
        if (metrics.stringWidth(text) <= room) {
            return text;
        }
        // The end of a path says more than its beginning.
        int tail = text.length() * 2 / 3;
        int head = text.length() / 3;
        String shorter = text;
        while (head > 0 && tail > 0 && metrics.stringWidth(shorter) > room) {
            head -= head > 2 ? 1 : 0;
            tail--;
            shorter = text.substring(0, head) + "\u2026" + text.substring(text.length() - tail);
        }
        return shorter;
    }

    private static double scale(BufferedImage picture, int width, int height) {
        return Math.min((double) width / picture.getWidth(), (double) height / picture.getHeight());
    }
}
