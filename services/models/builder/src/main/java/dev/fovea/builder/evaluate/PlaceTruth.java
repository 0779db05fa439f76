package dev.fovea.builder.evaluate;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which references show what a query shows.
///
/// | given as     | meaning                                                                    |
/// |--------------|----------------------------------------------------------------------------|
/// | `same-names` | the reference whose file has the query's name                              |
/// | a `.csv`     | first the line `query,reference`, then file names below the folders        |
/// | a `.npy`     | VPR-Bench's array: a row per query, its number and a list of its references |
///
/// Numbers count files sorted by name, from 0.
public final class PlaceTruth {

    static final String SAME_NAMES = "same-names";

    private static final String CSV_HEAD = "query,reference";

    private PlaceTruth() {}

    /// For each query the indices of its references.
    ///
    /// @param queries names of the query files, sorted
    /// @param references names of the reference files, sorted
    /// @throws IOException if the file cannot be read or names what is not there, with its line or row
    public static List<Set<Integer>> read(String given, List<String> queries, List<String> references)
            throws IOException {
        if (given.equals(SAME_NAMES)) {
            return sameNames(queries, references);
        }
        Path file = Path.of(given);
        if (!Files.isRegularFile(file)) {
            throw new IOException("ground truth " + given + " is neither a file nor \"" + SAME_NAMES + "\"");
        }
        return given.endsWith(".npy") ? array(file, queries, references) : csv(file, queries, references);
    }

    private static List<Set<Integer>> sameNames(List<String> queries, List<String> references) throws IOException {
        Map<String, Integer> byName = indices(references);
        List<Set<Integer>> truth = new ArrayList<>();
        for (String query : queries) {
            truth.add(Optional.ofNullable(byName.get(query)).map(Set::of).orElse(Set.of()));
        }
        if (truth.stream().allMatch(Set::isEmpty)) {
            throw new IOException("no reference has the name of a query, for example " + queries.getFirst());
        }
        return truth;
    }

    private static List<Set<Integer>> csv(Path file, List<String> queries, List<String> references) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (CharacterCodingException notText) {
            throw new IOException("ground truth " + file + " is not UTF-8 text", notText);
        }
        if (lines.isEmpty() || !lines.getFirst().strip().equals(CSV_HEAD)) {
            throw new IOException("ground truth " + file + " must begin with the line " + CSV_HEAD);
        }
        Map<String, Integer> queryIndices = indices(queries);
        Map<String, Integer> referenceIndices = indices(references);
        List<Set<Integer>> truth = empty(queries.size());
        for (int i = 1; i < lines.size(); i++) {
            String where = "ground truth " + file + ", line " + (i + 1);
            if (lines.get(i).isBlank()) {
                continue;
            }
            String[] pair = lines.get(i).split(",", -1);
            if (pair.length != 2) {
                throw new IOException(where + ": \"" + lines.get(i) + "\" is no pair " + CSV_HEAD);
            }
            truth.get(index(queryIndices, "query", pair[0], where))
                    .add(index(referenceIndices, "reference", pair[1], where));
        }
        return truth;
    }

    private static int index(Map<String, Integer> indices, String what, String cell, String where) throws IOException {
        Integer index = indices.get(cell.strip());
        if (index == null) {
            throw new IOException(where + ": there is no " + what + " \"" + cell.strip() + "\"");
        }
        return index;
    }

    private static List<Set<Integer>> array(Path file, List<String> queries, List<String> references)
            throws IOException {
        List<Set<Integer>> truth = empty(queries.size());
        for (List<?> row : ObjectArray.read(file)) {
            if (row.size() != 2 || !(row.get(0) instanceof Integer query) || !(row.get(1) instanceof List<?> found)) {
                throw new IOException("ground truth " + file + ": row " + row + " is no query with its references");
            }
            requireBelow(query, queries.size(), "query", file);
            for (Object reference : found) {
                if (!(reference instanceof Integer number)) {
                    throw new IOException("ground truth " + file + ": " + reference + " is no reference's number");
                }
                requireBelow(number, references.size(), "reference", file);
                truth.get(query).add(number);
            }
        }
        return truth;
    }

    private static void requireBelow(int number, int count, String what, Path file) throws IOException {
        if (number < 0 || number >= count) {
            throw new IOException(
                    "ground truth " + file + " names " + what + " " + number + ", but there are " + count);
        }
    }

    private static List<Set<Integer>> empty(int count) {
        List<Set<Integer>> truth = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            truth.add(new TreeSet<>());
        }
        return truth;
    }

    private static Map<String, Integer> indices(List<String> names) {
        Map<String, Integer> indices = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            indices.put(names.get(i), i);
        }
        return indices;
    }
}
