package dev.fovea.builder.index.sheet;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;

/// A query and its results in one picture: the query with what was asked above, below it the results in their order,
/// row by row.
///
/// @param query its name
/// @param facts about the search, one line each
/// @param picture the query as an encoded image; empty if there is none
@SuppressWarnings("ArrayRecordComponent") // a file that is decoded once
public record ContactSheet(String query, List<String> facts, byte[] picture, List<SheetCell> cells) {

    private static final int MARGIN = 28;
    private static final int GAP = 20;
    private static final int QUERY_HEIGHT = 260;
    private static final int QUERY_WIDTH = 400;
    private static final int LINE = 24;

    /// Widths of cells that hold one image and two; both layouts are about as wide.
    private static final int NARROW = 264;

    private static final int WIDE = 690;
    private static final int NARROW_COLUMNS = 5;
    private static final int WIDE_COLUMNS = 2;

    public ContactSheet {
        facts = List.copyOf(facts);
        cells = List.copyOf(cells);
    }

    /// @throws IllegalArgumentException unless the name ends with .png, .jpg or .jpeg
    public static void requireFormat(Path file) {
        String format = format(file);
        if (!format.equals("png") && !format.equals("jpg") && !format.equals("jpeg")) {
            throw new IllegalArgumentException("--sheet " + file + ": .png or .jpg is expected at the end");
        }
    }

    /// @param file whose name [#requireFormat] accepts, in a folder that exists
    /// @throws IOException if it cannot be written
    public void write(Path file) throws IOException, InterruptedException {
        if (!ImageIO.write(draw(), format(file), file.toFile())) {
            throw new IOException("cannot write a picture to " + file);
        }
    }

    private static String format(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private BufferedImage draw() throws InterruptedException {
        boolean wide = cells.stream().anyMatch(SheetCell::wide);
        int columns = wide ? WIDE_COLUMNS : NARROW_COLUMNS;
        int cell = wide ? WIDE : NARROW;
        try (var pictures = new Pictures()) {
            List<SheetRow> rows = new ArrayList<>();
            for (int from = 0; from < cells.size(); from += columns) {
                List<SheetCell> row = cells.subList(from, Math.min(cells.size(), from + columns));
                rows.add(SheetRow.of(row, cell, pictures));
            }
            int width = 2 * MARGIN + columns * cell + (columns - 1) * GAP;
            int height = MARGIN
                    + QUERY_HEIGHT
                    + GAP
                    + rows.stream().mapToInt(row -> row.height() + GAP).sum();
            var sheet = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
            Graphics2D pen = SheetPen.on(sheet);
            head(pen, pictures.decode(picture), width);
            int top = MARGIN + QUERY_HEIGHT + GAP;
            for (SheetRow row : rows) {
                row.draw(pen, MARGIN, top, cell + GAP);
                top += row.height() + GAP;
            }
            pen.dispose();
            return sheet;
        }
    }

    private void head(Graphics2D pen, Optional<BufferedImage> image, int width) {
        int text = MARGIN;
        if (image.isPresent()) {
            int drawn = SheetPen.picture(pen, image.get(), MARGIN, MARGIN, QUERY_WIDTH, QUERY_HEIGHT, false);
            text += drawn + GAP;
        }
        int room = width - MARGIN - text;
        SheetPen.text(pen, "query", SheetPen.QUIET, SheetPen.TEXT, text, MARGIN + LINE, room);
        SheetPen.text(pen, query, Color.WHITE, SheetPen.HEAD, text, MARGIN + 2 * LINE + 6, room);
        for (int i = 0; i < facts.size(); i++) {
            SheetPen.text(pen, facts.get(i), SheetPen.INK, SheetPen.TEXT, text, MARGIN + (4 + i) * LINE, room);
        }
    }
}
