package dev.fovea.builder.evaluate;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/// A confusion as a picture: rows are the truth, columns the answers, dark is frequent.
///
/// Up to [#MAX_NUMBERED] classes each cell has its number; beyond that cells shrink to a few pixels.
public final class ConfusionPlot {

    private static final int MAX_NUMBERED = 30;
    private static final int NUMBERED_CELL = 56;
    private static final int SMALL_CELL = 8;
    private static final int MARGIN = 24;
    private static final int TITLE = 64;
    private static final int MAX_LETTERS = 24;
    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    private static final Font HEAD = new Font(Font.SANS_SERIF, Font.BOLD, 16);
    private static final Color INK = new Color(0x1A1A1A);
    private static final Color RIGHT = new Color(0x1B6E3C);
    private static final Color WRONG = new Color(0xB3261E);

    private final Confusion confusion;
    private final int classes;
    private final int cell;
    private final boolean numbered;

    private ConfusionPlot(Confusion confusion) {
        this.confusion = confusion;
        this.classes = confusion.names().size();
        this.numbered = classes <= MAX_NUMBERED;
        this.cell = numbered ? NUMBERED_CELL : SMALL_CELL;
    }

    /// @param file a PNG, in a folder that exists
    /// @throws IOException if it cannot be written
    public static void write(Confusion confusion, String title, Path file) throws IOException {
        BufferedImage picture = new ConfusionPlot(confusion).draw(title);
        if (!ImageIO.write(picture, "png", file.toFile())) {
            throw new IOException("cannot write a PNG to " + file);
        }
    }

    private BufferedImage draw(String title) {
        FontMetrics metrics = metrics();
        int labels = 0;
        for (int c = 0; numbered && c < classes; c++) {
            labels = Math.max(labels, metrics.stringWidth(label(c)));
        }
        int left = MARGIN + labels + MARGIN;
        int top = TITLE + (numbered ? labels : 0) + MARGIN;
        String summary = summary();
        int heads = Math.max(metrics.stringWidth(title) * 5 / 4, metrics.stringWidth(summary)) + 2 * MARGIN;
        int width = Math.max(left + classes * cell + MARGIN, heads);
        var picture = new BufferedImage(width, top + classes * cell + 2 * MARGIN, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        try {
            prepare(pen, picture);
            pen.setFont(HEAD);
            pen.drawString(title, MARGIN, MARGIN + 8);
            pen.setFont(TEXT);
            pen.drawString(summary, MARGIN, MARGIN + 30);
            cells(pen, left, top);
            if (numbered) {
                names(pen, metrics, left, top);
            }
            pen.setColor(INK);
            pen.drawString("rows: truth, columns: answer", left, top + classes * cell + MARGIN);
        } finally {
            pen.dispose();
        }
        return picture;
    }

    private String summary() {
        return String.format(
                Locale.ROOT,
                "top-1 %.1f %%, chance %.1f %%, %d images",
                100 * confusion.top1(),
                100 * confusion.chance(),
                confusion.images());
    }

    private static void prepare(Graphics2D pen, BufferedImage picture) {
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        pen.setColor(INK);
    }

    private void cells(Graphics2D pen, int left, int top) {
        FontMetrics metrics = pen.getFontMetrics();
        for (int truth = 0; truth < classes; truth++) {
            int images = Math.max(1, confusion.images(truth));
            for (int answer = 0; answer < classes; answer++) {
                double share = (double) confusion.count(truth, answer) / images;
                int x = left + answer * cell;
                int y = top + truth * cell;
                pen.setColor(shade(truth == answer ? RIGHT : WRONG, share));
                pen.fillRect(x, y, cell - 1, cell - 1);
                if (numbered) {
                    String number = String.valueOf(confusion.count(truth, answer));
                    pen.setColor(share > 0.5 ? Color.WHITE : INK);
                    int shift = (cell - metrics.stringWidth(number)) / 2;
                    pen.drawString(number, x + shift, y + (cell + metrics.getAscent()) / 2 - 2);
                }
            }
        }
    }

    /// White for nothing; the square root makes a few mistakes visible.
    private static Color shade(Color full, double share) {
        double depth = Math.sqrt(share);
        return new Color(
                (int) Math.round(244 + depth * (full.getRed() - 244)),
                (int) Math.round(244 + depth * (full.getGreen() - 244)),
                (int) Math.round(244 + depth * (full.getBlue() - 244)));
    }

    private void names(Graphics2D pen, FontMetrics metrics, int left, int top) {
        pen.setColor(INK);
        for (int c = 0; c < classes; c++) {
            String label = label(c);
            int middle = c * cell + (cell + metrics.getAscent()) / 2 - 2;
            pen.drawString(label, left - 8 - metrics.stringWidth(label), top + middle);
            Graphics2D turned = (Graphics2D) pen.create();
            turned.translate(left + middle, top - 8);
            turned.rotate(-Math.PI / 2);
            turned.drawString(label, 0, 0);
            turned.dispose();
        }
    }

    private String label(int c) {
        String name = confusion.names().get(c);
        return name.length() <= MAX_LETTERS ? name : name.substring(0, MAX_LETTERS - 1) + "\u2026";
    }

    private static FontMetrics metrics() {
        Graphics2D pen = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        try {
            return pen.getFontMetrics(TEXT);
        } finally {
            pen.dispose();
        }
    }
}
