package dev.fovea.architectures.page;

import dev.fovea.architectures.registry.Architectures;
import dev.fovea.architectures.trunk.Trunks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tables of the page by name; each network is built once and let go.
final class Tables {

    private final Map<String, Figures> figures = new LinkedHashMap<>();
    private final Map<String, TrunkFigures> trunks = new LinkedHashMap<>();

    Tables() {
        Architectures.all().forEach(one -> figures.put(one.name(), Figures.of(one)));
        for (String name : Trunks.names()) {
            trunks.put(name, TrunkFigures.of(Trunks.named(name), rowsOfTrunk(name)));
        }
    }

    /// Markdown by the name that its marker in the page has.
    Map<String, String> all() {
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("overview", overview());
        tables.put("trunks", trunks());
        tables.put("layers resnet", resNets());
        for (TrunkFigures trunk : trunks.values()) {
            if (!trunk.name().startsWith("resnet")) {
                tables.put("layers " + trunk.name(), layers(trunk.layers(), trunk.parameters(), trunk.multiplyAdds()));
            }
        }
        figures.forEach((name, one) -> {
            if (!one.layers().isEmpty()) {
                tables.put("layers " + name, layers(one.layers()));
            }
        });
        return tables;
    }

    private static List<LayerRow> rowsOfTrunk(String name) {
        return switch (name) {
            case "vgg16" -> LayerRows.rows(LayerRows.vgg("features."));
            case "mobilenetv2" -> LayerRows.rows(LayerRows.mobileNet());
            case "sift" -> LayerRows.rows(LayerRows.denseSift(24));
            default -> LayerRows.rows(LayerRows.resNet("", 5));
        };
    }

    private String overview() {
        List<String> lines =
                header("architecture", "task", "input", "output", "parameters", "multiply-adds", "trained weights");
        figures.forEach((name, one) -> {
            Published published = Published.of(name);
            lines.add(row(
                    "[`" + name + "`](#" + published.section() + ")",
                    one.task(),
                    one.input(),
                    one.output(),
                    Amounts.rounded(one.parameters()),
                    Amounts.rounded(one.multiplyAdds()),
                    published.weights()));
        });
        return String.join("\n", lines);
    }

    private String trunks() {
        List<String> lines = header("trunk", "last stage", "parameters", "multiply-adds");
        for (TrunkFigures trunk : trunks.values()) {
            lines.add(row(
                    "`" + trunk.name() + "`",
                    trunk.layers().getLast().shapeText(),
                    Amounts.exact(trunk.parameters()),
                    Amounts.rounded(trunk.multiplyAdds())));
        }
        return String.join("\n", lines);
    }

    /// The five ResNets side by side: they differ in blocks, not in their division.
    private String resNets() {
        List<TrunkFigures> all = trunks.values().stream()
                .filter(trunk -> trunk.name().startsWith("resnet"))
                .toList();
        List<String> titles = new ArrayList<>(List.of("layers", "names", "output of 18, 34", "output of 50, 101, 152"));
        all.forEach(one -> titles.add(one.name().replace("resnet", "")));
        List<String> lines = header(titles.toArray(String[]::new));
        for (int i = 0; i < all.getFirst().layers().size(); i++) {
            Layer layer = all.getFirst().layers().get(i);
            List<String> cells = new ArrayList<>(List.of(
                    layer.row().what(),
                    layer.row().names(),
                    layer.shapeText(),
                    all.getLast().layers().get(i).shapeText()));
            for (TrunkFigures one : all) {
                Layer part = one.layers().get(i);
                cells.add(Amounts.rounded(part.parameters()) + "; " + Amounts.rounded(part.multiplyAdds()));
            }
            lines.add(row(cells.toArray(String[]::new)));
        }
        return String.join("\n", lines);
    }

    private static String layers(List<Layer> layers) {
        return layers(
                layers,
                layers.stream().mapToLong(Layer::parameters).sum(),
                layers.stream().mapToLong(Layer::multiplyAdds).sum());
    }

    private static String layers(List<Layer> layers, long parameters, long multiplyAdds) {
        List<String> lines = header("layer", "names", "output", "parameters", "multiply-adds");
        for (Layer layer : layers) {
            lines.add(row(
                    layer.row().what(),
                    layer.row().names(),
                    layer.shapeText(),
                    Amounts.exact(layer.parameters()),
                    Amounts.rounded(layer.multiplyAdds())));
        }
        lines.add(row("**all**", "", "", Amounts.exact(parameters), Amounts.rounded(multiplyAdds)));
        return String.join("\n", lines);
    }

    private static List<String> header(String... titles) {
        return new ArrayList<>(List.of(row(titles), "|" + "---|".repeat(titles.length)));
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
