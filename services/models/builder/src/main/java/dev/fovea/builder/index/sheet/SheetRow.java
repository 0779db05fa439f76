package dev.fovea.builder.index.sheet;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Results that stand side by side.
///
/// @param pictures one a cell; empty where there is none
/// @param cell width of a cell, pixels
/// @param box height of the highest picture as drawn, pixels
record SheetRow(List<SheetCell> cells, List<Optional<BufferedImage>> pictures, int cell, int box) {

    /// As wide as each of the two in a picture of matches, or the unverified would be drawn the largest.
    private static final int ONE_IMAGE_WIDE = 340;

    private static final int MOST_HIGH = 380;
    private static final int LEAST_HIGH = 60;
    private static final int LINE = 22;
    private static final int LINES = 3;

    static SheetRow of(List<SheetCell> cells, int cell, Pictures decoder) throws InterruptedException {
        List<Optional<BufferedImage>> pictures = new ArrayList<>();
        for (SheetCell one : cells) {
            pictures.add(decoder.decode(one.picture()));
        }
        int box = LEAST_HIGH;
        for (int i = 0; i < cells.size(); i++) {
            int width = width(cells.get(i), cell);
            box = Math.max(
                    box,
                    pictures.get(i)
                            .map(picture -> SheetPen.height(picture, width, MOST_HIGH))
                            .orElse(0));
        }
        return new SheetRow(cells, pictures, cell, box);
    }

    private static int width(SheetCell one, int cell) {
        return one.wide() ? cell : Math.min(cell, ONE_IMAGE_WIDE);
    }

    /// Pixels, with the lines of text.
    int height() {
        return box + LINES * LINE;
    }

    /// @param step from one cell to the next
    void draw(Graphics2D pen, int left, int top, int step) {
        for (int i = 0; i < cells.size(); i++) {
            int x = left + i * step;
            SheetCell one = cells.get(i);
            if (pictures.get(i).isPresent()) {
                int width = width(one, cell);
                SheetPen.picture(pen, pictures.get(i).get(), x + (cell - width) / 2, top, width, box, true);
            } else {
                SheetPen.text(pen, "no picture is kept", SheetPen.QUIET, SheetPen.TEXT, x, top + box / 2, cell);
            }
            int baseline = top + box + LINE;
            SheetPen.text(pen, one.title(), SheetPen.INK, SheetPen.BOLD, x, baseline, cell);
            SheetPen.text(pen, one.facts(), SheetPen.FACT, SheetPen.TEXT, x, baseline + LINE, cell);
            SheetPen.text(pen, one.more(), SheetPen.QUIET, SheetPen.TEXT, x, baseline + 2 * LINE, cell);
        }
    }
}
