package dev.fovea.builder.evaluate.patches;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/// The report as a picture: a panel for each task, a bar for each descriptor, a mark for each level of noise.
final class ReportPlot {

    private static final int WIDTH = 1280;
    private static final int MARGIN = 28;
    private static final int TITLE = 44;
    private static final int ROW = 30;
    private static final int BAR = 18;
    private static final int LABEL = 215;
    private static final int VALUE = 62;
    private static final int AXIS = 34;
    private static final int PANEL = (WIDTH - 3 * MARGIN) / 2;
    private static final int TICKS = 5;
    private static final Color INK = new Color(0x22, 0x26, 0x2B);
    private static final Color FAINT = new Color(0xD5, 0xD9, 0xDE);
    private static final Color FILL = new Color(0x8F, 0xB3, 0xD9);
    private static final Map<NoiseLevel, Color> MARKS = Map.of(
            NoiseLevel.EASY, new Color(0x2A, 0x8C, 0x4A),
            NoiseLevel.HARD, new Color(0xD9, 0x7B, 0x00),
            NoiseLevel.TOUGH, new Color(0xB3, 0x1B, 0x34));

    private final EvaluationReport report;
    private final Graphics2D graphics;

    private ReportPlot(EvaluationReport report, Graphics2D graphics) {
        this.report = report;
        this.graphics = graphics;
    }

    /// @param bar its length, 0 to 1; empty where it was not measured
    /// @param mark at a level of noise; empty where the figure has none
    private record Panel(
            String title,
            Function<DescriptorScores, OptionalDouble> bar,
            Function<DescriptorScores.Tasks, OptionalDouble> mark) {}

    static BufferedImage draw(EvaluationReport report) {
        int panelHeight = TITLE + report.descriptors().size() * ROW + AXIS;
        int height = 2 * panelHeight + 3 * MARGIN + ROW;
        var image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, WIDTH, height);
            var plot = new ReportPlot(report, graphics);
            List<Panel> panels = panels();
            for (int i = 0; i < panels.size(); i++) {
                int x = MARGIN + i % 2 * (PANEL + MARGIN);
                int y = MARGIN + i / 2 * (panelHeight + MARGIN);
                plot.panel(panels.get(i), x, y);
            }
            plot.legend(height - MARGIN);
        } finally {
            graphics.dispose();
        }
        return image;
    }

    private static List<Panel> panels() {
        return List.of(
                new Panel(
                        "Patch verification, average precision",
                        scores -> OptionalDouble.of(
                                scores.mean(tasks -> tasks.verification().averagePrecision())),
                        tasks -> OptionalDouble.of(tasks.verification().averagePrecision())),
                new Panel(
                        "Image matching, mean average precision",
                        scores -> OptionalDouble.of(scores.mean(DescriptorScores.Tasks::matching)),
                        tasks -> OptionalDouble.of(tasks.matching())),
                new Panel(
                        "Patch retrieval, mean average precision",
                        DescriptorScores::meanRetrieval,
                        DescriptorScores.Tasks::retrieval),
                new Panel(
                        "Estimated homographies, mAA up to 10 px",
                        scores -> OptionalDouble.of(scores.meanAverageAccuracy()),
                        tasks -> OptionalDouble.empty()));
    }

    private void panel(Panel panel, int x, int y) {
        graphics.setColor(INK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 17));
        graphics.drawString(panel.title(), x, y + 20);
        int top = y + TITLE;
        int left = x + LABEL;
        int length = PANEL - LABEL - VALUE;
        int bottom = top + report.descriptors().size() * ROW;
        axis(left, length, top, bottom);
        for (int i = 0; i < report.descriptors().size(); i++) {
            bar(panel, report.descriptors().get(i), left, length, top + i * ROW);
        }
    }

    private void axis(int left, int length, int top, int bottom) {
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        graphics.setStroke(new BasicStroke(1));
        for (int tick = 0; tick <= TICKS; tick++) {
            int at = left + tick * length / TICKS;
            graphics.setColor(FAINT);
            graphics.drawLine(at, top - 4, at, bottom);
            graphics.setColor(INK);
            String text = String.valueOf(tick * 100 / TICKS);
            graphics.drawString(text, at - graphics.getFontMetrics().stringWidth(text) / 2, bottom + 16);
        }
    }

    private void bar(Panel panel, DescriptorScores scores, int left, int length, int top) {
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        graphics.setColor(INK);
        String name = fitting(scores.name(), LABEL - 10);
        int base = top + BAR - 4;
        graphics.drawString(name, left - 8 - graphics.getFontMetrics().stringWidth(name), base);
        OptionalDouble share = panel.bar().apply(scores);
        int end = left + (int) Math.round(length * share.orElse(0));
        graphics.setColor(FILL);
        graphics.fillRect(left, top, end - left, BAR);
        graphics.setStroke(new BasicStroke(4));
        scores.byNoise().forEach((level, tasks) -> panel.mark().apply(tasks).ifPresent(value -> {
            int at = left + (int) Math.round(length * value);
            graphics.setColor(Optional.ofNullable(MARKS.get(level)).orElse(INK));
            graphics.drawLine(at, top - 2, at, top + BAR + 2);
        }));
        graphics.setColor(INK);
        String text = share.isPresent() ? String.format(Locale.ROOT, "%.1f %%", 100 * share.getAsDouble()) : "-";
        graphics.drawString(
                text, left + length + VALUE - graphics.getFontMetrics().stringWidth(text), base);
    }

    private String fitting(String text, int width) {
        String shown = text;
        while (graphics.getFontMetrics().stringWidth(shown) > width && shown.length() > 2) {
            shown = shown.substring(0, shown.length() - 2) + "…";
        }
        return shown;
    }

    private void legend(int base) {
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        int x = MARGIN;
        graphics.setColor(FILL);
        graphics.fillRect(x, base - 11, 26, 12);
        x = legendText("mean", x + 32, base);
        for (NoiseLevel level : report.settings().levels()) {
            graphics.setColor(Optional.ofNullable(MARKS.get(level)).orElse(INK));
            graphics.fillRect(x, base - 13, 4, 16);
            x = legendText(level.toString(), x + 10, base);
        }
        int patches = report.sequences().stream()
                .mapToInt(EvaluationReport.MeasuredSequence::patches)
                .sum();
        legendText(report.sequences().size() + " sequences, " + patches + " patches", x, base);
    }

    private int legendText(String text, int x, int base) {
        graphics.setColor(INK);
        graphics.drawString(text, x, base);
        return x + graphics.getFontMetrics().stringWidth(text) + 24;
    }
}
