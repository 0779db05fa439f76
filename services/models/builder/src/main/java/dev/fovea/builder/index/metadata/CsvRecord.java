package dev.fovea.builder.index.metadata;

import java.util.ArrayList;
import java.util.List;

/// One record of a comma separated file (RFC 4180): cells in double quotes may hold commas, line ends and doubled
/// quotes. Blank lines are no records.
///
/// @param line where it starts, counted from 1
record CsvRecord(int line, List<String> cells) {

    CsvRecord {
        cells = List.copyOf(cells);
    }

    /// @param name of the file, for messages
    /// @throws IllegalArgumentException if a quote is not closed, naming its line
    static List<CsvRecord> all(String text, String name) {
        return new Reader(text.startsWith("\ufeff") ? text.substring(1) : text, name).all();
    }

    private static final class Reader {

        private final String text;
        private final String name;
        private final List<CsvRecord> records = new ArrayList<>();
        private List<String> cells = new ArrayList<>();
        private StringBuilder cell = new StringBuilder();
        private boolean quoted;
        private int line = 1;
        private int start = 1;

        Reader(String text, String name) {
            this.text = text;
            this.name = name;
        }

        List<CsvRecord> all() {
            for (int at = 0; at < text.length(); at++) {
                char next = text.charAt(at);
                if (quoted && next == '"' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    cell.append('"');
                    at++;
                } else {
                    take(next);
                }
            }
            if (quoted) {
                throw new IllegalArgumentException(name + ", line " + start + ": a closing \" is missing");
            }
            endRecord();
            return records;
        }

        private void take(char next) {
            if (next == '\n') {
                line++;
            }
            if (next == '"' && (quoted || cell.isEmpty())) {
                quoted = !quoted;
            } else if (quoted) {
                cell.append(next);
            } else if (next == ',') {
                endCell();
            } else if (next == '\n') {
                endRecord();
            } else if (next != '\r') {
                cell.append(next);
            }
        }

        private void endCell() {
            cells.add(cell.toString());
            cell = new StringBuilder();
        }

        private void endRecord() {
            endCell();
            if (cells.size() > 1 || !cells.getFirst().isEmpty()) {
                records.add(new CsvRecord(start, cells));
            }
            cells = new ArrayList<>();
            start = line;
        }
    }
}
