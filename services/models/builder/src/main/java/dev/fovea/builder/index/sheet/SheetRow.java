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

    private static final int MOST_HIGH = 380;
    private static final int LEAST_HIGH = 60;
    private static final int LINE = 22;
    private static final int LINES = 3;

    static SheetRow of(List<SheetCell> cells, int cell, Pictures decoder) throws InterruptedException {
        List<Optional<BufferedImage>> pictures = new ArrayList<>();
        for (SheetCell one : cells) {
            pictures.add(decoder.decode(one.picture()));
        }
        int box = pictures.stream()
                .flatMap(Optional::stream)
                .mapToInt(picture -> SheetPen.height(picture, cell, MOST_HIGH))
                .max()
                .orElse(LEAST_HIGH);
        return new SheetRow(cells, pictures, cell, Math.max(box, LEAST_HIGH));
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
                SheetPen.picture(pen, pictures.get(i).get(), x, top, cell, box, true);
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
