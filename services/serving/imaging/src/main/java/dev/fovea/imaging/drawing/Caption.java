package dev.fovea.imaging.drawing;

import java.util.List;
import org.opencv.core.Rect;

/// The line of text below a picture.
public final class Caption {

    private static final int HEIGHT = 16;
    private static final int MARGIN = 24;
    private static final int GAP = 22;

    private Caption() {}

    /// Writes the title and as many of the facts as fit, in order.
    public static void write(Canvas canvas, String title, List<String> facts, Rect bar) {
        int baseline = bar.y + (bar.height + HEIGHT) / 2;
        int right = bar.x + bar.width - MARGIN;
        int left = canvas.text(title, bar.x + MARGIN, baseline, HEIGHT, Ink.TEXT);
        for (String fact : facts) {
            if (left + GAP + Canvas.width(fact, HEIGHT) > right) {
                return;
            }
            left = canvas.text(fact, left + GAP, baseline, HEIGHT, Ink.QUIET);
        }
    }
}
