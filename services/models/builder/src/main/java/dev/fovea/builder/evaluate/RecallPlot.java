package dev.fovea.builder.evaluate;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/// Recall over depth as a picture, depths at equal distances.
final class RecallPlot {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 420;
    private static final int LEFT = 70;
    private static final int TOP = 60;
    private static final int RIGHT = 40;
    private static final int BOTTOM = 60;
    private static final int STEPS = 5;
    private static final Color INK = new Color(0x1A1A1A);
    private static final Color GRID = new Color(0xDDDDDD);
    private static final Color LINE = new Color(0x1B5E9E);

    private RecallPlot() {}

    /// @param file a PNG, in a folder that exists
    static void write(RetrievalScore score, String title, Path file) throws IOException {
        var picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            pen.setColor(Color.WHITE);
            pen.fillRect(0, 0, WIDTH, HEIGHT);
            frame(pen, title, score.queries());
            curve(pen, score.recalls());
        } finally {
            pen.dispose();
        }
        if (!ImageIO.write(picture, "png", file.toFile())) {
            throw new IOException("cannot write a PNG to " + file);
        }
    }

    private static void frame(Graphics2D pen, String title, int queries) {
        pen.setColor(INK);
        pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
        pen.drawString(title + ", " + queries + " queries", LEFT, TOP - 26);
        pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        for (int i = 0; i <= STEPS; i++) {
            double share = (double) i / STEPS;
            pen.setColor(GRID);
            pen.drawLine(LEFT, y(share), WIDTH - RIGHT, y(share));
            pen.setColor(INK);
            pen.drawString(String.format(Locale.ROOT, "%3.0f %%", 100 * share), LEFT - 56, y(share) + 5);
        }
        pen.drawString("references looked at, k", (LEFT + WIDTH - RIGHT) / 2 - 70, HEIGHT - 14);
    }

    private static void curve(Graphics2D pen, List<RetrievalScore.Recall> recalls) {
        pen.setStroke(new BasicStroke(2.5f));
        for (int i = 0; i < recalls.size(); i++) {
            RetrievalScore.Recall recall = recalls.get(i);
            int x = x(i, recalls.size());
            int y = y(recall.share());
            pen.setColor(LINE);
            if (i > 0) {
                pen.drawLine(x(i - 1, recalls.size()), y(recalls.get(i - 1).share()), x, y);
            }
            pen.fillOval(x - 4, y - 4, 9, 9);
            pen.setColor(INK);
            boolean high = recall.share() > 0.9;
            pen.drawString(String.format(Locale.ROOT, "%.1f", 100 * recall.share()), x - 12, y + (high ? 22 : -12));
            pen.drawString("@" + recall.at(), x - 10, HEIGHT - BOTTOM + 24);
        }
    }

    private static int x(int index, int count) {
        int space = WIDTH - LEFT - RIGHT - 60;
        return LEFT + 30 + (count == 1 ? space / 2 : index * space / (count - 1));
    }

    private static int y(double share) {
        return TOP + (int) Math.round((1 - share) * (HEIGHT - TOP - BOTTOM));
    }
}
