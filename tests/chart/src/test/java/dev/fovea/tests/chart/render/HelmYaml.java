package dev.fovea.tests.chart.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/// Reads YAML as Helm and the API server do: an unquoted `yes` is true and `1e3` is a number, but a date is text. A key
/// given twice, of which they keep the last, is refused.
public final class HelmYaml {

    private static final ObjectMapper JSON = new ObjectMapper();

    private HelmYaml() {}

    /// The documents of a stream that are not empty, in order.
    ///
    /// @throws org.yaml.snakeyaml.error.YAMLException if a document is no YAML or has a key twice
    public static List<JsonNode> documents(String text) {
        List<JsonNode> documents = new ArrayList<>();
        for (Object document : yaml().loadAll(text)) {
            if (document != null) {
                documents.add(JSON.valueToTree(document));
            }
        }
        return documents;
    }

    /// The one document of `text`, an object without members if there is none.
    public static ObjectNode object(String text) {
        List<JsonNode> documents = documents(text);
        return documents.isEmpty() ? JSON.createObjectNode() : (ObjectNode) documents.getFirst();
    }

    /// JSON, which is YAML.
    public static String write(JsonNode document) {
        return document.toPrettyString();
    }

    private static Yaml yaml() {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(64 << 20);
        var dumper = new DumperOptions();
        return new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options, new GoResolver());
    }

    /// What go-yaml makes of plain scalars, which differs from SnakeYAML in dates, base 60 and exponents.
    private static final class GoResolver extends Resolver {

        private static final Pattern INTEGER =
                Pattern.compile("[-+]?(?:0b[01_]+|0[0-7_]*|[1-9][0-9_]*|0x[0-9a-fA-F_]+)");
        private static final Pattern NUMBER = Pattern.compile(
                "[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, BOOL, "yYnNtTfFoO");
            addImplicitResolver(Tag.INT, INTEGER, "-+0123456789");
            addImplicitResolver(Tag.FLOAT, NUMBER, "-+0123456789.");
            addImplicitResolver(Tag.MERGE, MERGE, "<");
            addImplicitResolver(Tag.NULL, NULL, "~nN\0");
            addImplicitResolver(Tag.NULL, EMPTY, null);
        }
    }
}
