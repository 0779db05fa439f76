package dev.fovea.builder.terminal;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Aligned text: numbers to the right, everything else to the left, two spaces between columns.
///
/// Mutable, for one thread.
public final class Table {

    private static final String GAP = "  ";

    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... heads) {
        this.heads = List.of(heads);
    }

    /// Adds a row; cells are printed with [String#valueOf], so numbers come formatted.
    ///
    /// @throws IllegalArgumentException unless there are as many cells as heads
    public Table row(Object... cells) {
        if (cells.length != heads.size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells for " + heads.size() + " columns: " + Arrays.toString(cells));
        }
        rows.add(Arrays.stream(cells).map(String::valueOf).toList());
        return this;
    }

    /// Heads, a rule, rows; nothing after the last letter of a line.
    public void print(PrintWriter out) {
        List<Integer> widths = new ArrayList<>();
        List<Boolean> numeric = new ArrayList<>();
        for (int column = 0; column < heads.size(); column++) {
            int at = column;
            List<String> cells = rows.stream().map(row -> row.get(at)).toList();
            widths.add(Math.max(
                    heads.get(column).length(),
                    cells.stream().mapToInt(String::length).max().orElse(0)));
            numeric.add(!cells.isEmpty() && cells.stream().allMatch(Table::isNumber));
        }
        out.println(line(heads, widths, numeric));
        out.println(line(widths.stream().map("-"::repeat).toList(), widths, numeric));
        rows.forEach(row -> out.println(line(row, widths, numeric)));
        out.flush();
    }

    private static String line(List<String> cells, List<Integer> widths, List<Boolean> right) {
        var line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(widths.get(column) - cell.length());
            line.append(column == 0 ? "" : GAP).append(right.get(column) ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }

    /// With sign, unit or per cent; a dash stands for a number that there is not.
    private static boolean isNumber(String cell) {
        return cell.matches("[-+]?[0-9][0-9.,]*([eE][-+]?[0-9]+)?( ?[%a-zA-Z/]{1,8})?|-|");
    }
}
