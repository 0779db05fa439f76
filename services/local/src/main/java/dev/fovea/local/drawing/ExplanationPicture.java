package dev.fovea.local.drawing;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.drawing.Canvas;
import dev.fovea.imaging.drawing.Caption;
import dev.fovea.imaging.drawing.Ink;
import java.util.List;
import java.util.Locale;
import org.opencv.core.Rect;

/// An image, beside it the same under a heat map of what speaks for a class, below them the best classes as bars.
///
/// @param explained the class of the heat map
/// @param scores best first
public record ExplanationPicture(String title, String explained, List<Score> scores) {

    /// Longer side of each image as drawn, pixels.
    private static final int SIDE = 900;

    private static final int GAP = 16;
    private static final int TITLE = 64;

    /// Of a row with a bar, pixels.
    private static final int ROW = 34;

    private static final int ROWS = 5;
    private static final int MARGIN = 24;
    private static final int TEXT = 16;

    /// Shares of the width that names and numbers get.
    private static final double NAMES = 0.22;

    private static final double NUMBERS = 0.08;

    /// @param probability 0 to 1
    public record Score(String label, double probability) {}

    public ExplanationPicture {
        scores = scores.stream().limit(ROWS).toList();
    }

    /// Encodes the picture as JPEG.
    ///
    /// @param overlay the heat map over the image, of the same proportions
    public byte[] draw(Image image, Image overlay) {
        double scale = (double) SIDE / Math.max(image.width(), image.height());
        int width = (int) Math.round(scale * image.width());
        int height = (int) Math.round(scale * image.height());
        int bottom = height + TITLE + ROW * scores.size();
        try (Canvas canvas = new Canvas(2 * width + GAP, bottom, Ink.PAPER)) {
            canvas.put(image, 0, 0, width, height, 1);
            canvas.put(overlay, width + GAP, 0, width, height, 1);
            Rect caption = new Rect(0, height, 2 * width + GAP, TITLE);
            Caption.write(canvas, title, List.of("where it speaks for " + explained), caption);
            for (int i = 0; i < scores.size(); i++) {
                bar(canvas, scores.get(i), new Rect(0, height + TITLE + i * ROW, caption.width, ROW));
            }
            return canvas.jpeg();
        }
    }

    private void bar(Canvas canvas, Score score, Rect row) {
        int names = (int) (NAMES * row.width);
        int longest = row.width - names - (int) (NUMBERS * row.width) - 2 * MARGIN;
        int length = (int) Math.round(Math.clamp(score.probability, 0, 1) * longest);
        boolean drawn = score.label.equals(explained);
        int baseline = row.y + TEXT;
        canvas.text(score.label, MARGIN, baseline, TEXT, drawn ? Ink.TEXT : Ink.QUIET);
        Rect filled = new Rect(MARGIN + names, row.y, Math.max(1, length), TEXT);
        canvas.fill(filled, drawn ? Ink.OUTLINE : Ink.QUIET);
        String number = String.format(Locale.ROOT, "%.2f", score.probability);
        canvas.text(number, filled.x + filled.width + MARGIN / 2, baseline, TEXT, Ink.QUIET);
    }
}
