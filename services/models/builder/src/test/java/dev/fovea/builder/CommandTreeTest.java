package dev.fovea.builder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;

class CommandTreeTest {

    @Test
    void everyCommandHelpsWithItsWordsAndAnExample() {
        for (CommandLine command : all(CommandTree.create())) {
            if (command.getCommand() instanceof GenerateCompletion) {
                continue; // picocli's own
            }
            String words = command.getCommandSpec().qualifiedName();

            assertThat(command.getUsageMessage())
                    .as(words)
                    .contains(
                            "Usage: " + words,
                            "-h, --help",
                            "Examples:",
                            "  fovea " + words.substring("fovea".length()).strip());
        }
    }

    @Test
    void everyPlaceInTheTreeIsKnown() {
        assertThat(all(CommandTree.create()).stream()
                        .map(command -> command.getCommandSpec().qualifiedName())
                        .filter(words -> !words.startsWith("fovea models build ")))
                .containsExactlyInAnyOrder(
                        "fovea",
                        "fovea models",
                        "fovea models build",
                        "fovea models adopt",
                        "fovea models inspect",
                        "fovea models copy",
                        "fovea fit",
                        "fovea fit pca",
                        "fovea fit whitening",
                        "fovea fit codebook",
                        "fovea fit head",
                        "fovea evaluate",
                        "fovea evaluate patches",
                        "fovea evaluate classification",
                        "fovea evaluate retrieval",
                        "fovea check",
                        "fovea index",
                        "fovea index add",
                        "fovea index search",
                        "fovea index get",
                        "fovea index delete",
                        "fovea index export",
                        "fovea index import",
                        "fovea index stats",
                        "fovea index backup",
                        "fovea index augment",
                        "fovea generate-completion");
    }

    private static List<CommandLine> all(CommandLine root) {
        List<CommandLine> commands = new ArrayList<>(List.of(root));
        root.getSubcommands().values().forEach(child -> commands.addAll(all(child)));
        return commands;
    }
}
