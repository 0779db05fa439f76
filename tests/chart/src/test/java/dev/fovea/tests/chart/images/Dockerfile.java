package dev.fovea.tests.chart.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Dockerfile as its stages; lines that end with a backslash are joined, comments are gone.
record Dockerfile(List<Stage> stages) {

    private static final Pattern FROM = Pattern.compile("(\\S+)(?:\\s+AS\\s+(\\S+))?");

    /// One instruction: its word in capitals, and the rest of its line.
    record Instruction(String word, String rest) {}

    /// @param base the image or the earlier stage it starts from
    record Stage(String base, String name, List<Instruction> instructions) {

        List<String> all(String word) {
            return instructions.stream()
                    .filter(instruction -> instruction.word().equals(word))
                    .map(Instruction::rest)
                    .toList();
        }

        String only(String word) {
            List<String> found = all(word);
            if (found.size() != 1) {
                throw new AssertionError("stage " + name + " has " + found.size() + " times " + word + ", not once");
            }
            return found.getFirst();
        }
    }

    static Dockerfile read(Path file) {
        List<Stage> stages = new ArrayList<>();
        for (Instruction instruction : instructions(file)) {
            if (instruction.word().equals("FROM")) {
                Matcher from = FROM.matcher(instruction.rest());
                if (!from.matches() || from.group(2) == null) {
                    throw new AssertionError(file + ": a stage without a name: FROM " + instruction.rest());
                }
                stages.add(new Stage(from.group(1), from.group(2), new ArrayList<>()));
            } else if (stages.isEmpty()) {
                throw new AssertionError(file + ": " + instruction + " before the first FROM");
            } else {
                stages.getLast().instructions().add(instruction);
            }
        }
        return new Dockerfile(stages);
    }

    Stage stage(String name) {
        return stages.stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no stage " + name));
    }

    boolean isStage(String name) {
        return stages.stream().anyMatch(stage -> stage.name().equals(name));
    }

    /// The default of an ARG, wherever it is given.
    String argument(String name) {
        return stages.stream()
                .flatMap(stage -> stage.all("ARG").stream())
                .filter(argument -> argument.startsWith(name + "="))
                .map(argument -> argument.substring(name.length() + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no ARG " + name + " has a default"));
    }

    private static List<Instruction> instructions(Path file) {
        try {
            List<Instruction> found = new ArrayList<>();
            String text = Files.readString(file).replaceAll("(?m)^#.*\n", "").replaceAll("\\\\\n\\s*", " ");
            for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
                String[] parts = line.strip().split("\\s+", 2);
                found.add(new Instruction(parts[0], parts[1]));
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
