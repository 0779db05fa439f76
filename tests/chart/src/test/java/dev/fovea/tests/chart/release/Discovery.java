package dev.fovea.tests.chart.release;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What there is: version, groups, resources, and as much of OpenAPI as Helm looks for before it sends an object.
final class Discovery {

    private static final List<String> VERBS = List.of("create", "delete", "get", "list", "patch", "update", "watch");
    private static final String OPENAPI = "/openapi/v3";

    private final String version;

    /// @param version of Kubernetes, as `1.34.0`
    Discovery(String version) {
        this.version = version;
    }

    Optional<Answer> answer(String path) {
        if (path.equals("/version")) {
            return Optional.of(Answer.ok(version()));
        }
        if (path.equals("/api")) {
            ObjectNode versions = Answer.object("v1", "APIVersions");
            versions.putArray("versions").add("v1");
            return Optional.of(Answer.ok(versions));
        }
        if (path.equals("/apis")) {
            return Optional.of(Answer.ok(groups()));
        }
        if (path.equals(OPENAPI)) {
            return Optional.of(Answer.ok(openApiPaths()));
        }
        for (String groupVersion : Resources.groupVersions()) {
            if (path.equals(Resources.root(groupVersion))) {
                return Optional.of(Answer.ok(resources(groupVersion)));
            }
            if (path.equals(OPENAPI + Resources.root(groupVersion))) {
                return Optional.of(Answer.ok(openApi(groupVersion)));
            }
        }
        return Optional.empty();
    }

    private ObjectNode version() {
        String[] parts = version.split("\\.", -1);
        return Answer.empty().put("major", parts[0]).put("minor", parts[1]).put("gitVersion", "v" + version);
    }

    private static ObjectNode groups() {
        ObjectNode list = Answer.object("v1", "APIGroupList");
        ArrayNode groups = list.putArray("groups");
        Resources.groupVersions().stream().filter(name -> name.contains("/")).forEach(name -> {
            String[] parts = name.split("/", -1);
            ObjectNode served = Answer.empty().put("groupVersion", name).put("version", parts[1]);
            ObjectNode group = groups.addObject().put("name", parts[0]);
            group.putArray("versions").add(served);
            group.set("preferredVersion", served.deepCopy());
        });
        return list;
    }

    private static ObjectNode resources(String groupVersion) {
        ObjectNode list = Answer.object("v1", "APIResourceList").put("groupVersion", groupVersion);
        ArrayNode resources = list.putArray("resources");
        Resources.of(groupVersion).forEach(resource -> {
            ArrayNode verbs = resources
                    .addObject()
                    .put("name", resource.plural())
                    .put("singularName", resource.kind().toLowerCase(Locale.ROOT))
                    .put("namespaced", true)
                    .put("kind", resource.kind())
                    .putArray("verbs");
            VERBS.forEach(verbs::add);
        });
        return list;
    }

    private static ObjectNode openApiPaths() {
        ObjectNode list = Answer.empty();
        ObjectNode paths = list.putObject("paths");
        Resources.groupVersions().forEach(groupVersion -> {
            String root = Resources.root(groupVersion);
            paths.putObject(root.substring(1)).put("serverRelativeURL", OPENAPI + root);
        });
        return list;
    }

    /// One operation a kind, which says that the server validates fields: Helm then leaves validation to it.
    private static ObjectNode openApi(String groupVersion) {
        ObjectNode document = Answer.empty().put("openapi", "3.0.0");
        document.putObject("info").put("title", groupVersion).put("version", groupVersion);
        ObjectNode paths = document.putObject("paths");
        Resources.of(groupVersion).forEach(resource -> {
            ObjectNode patch = paths.putObject(
                            resource.root() + "/namespaces/{namespace}/" + resource.plural() + "/{name}")
                    .putObject("patch");
            patch.putObject("x-kubernetes-group-version-kind")
                    .put("group", resource.group())
                    .put("version", resource.version())
                    .put("kind", resource.kind());
            patch.putArray("parameters")
                    .addObject()
                    .put("name", "fieldValidation")
                    .put("in", "query");
        });
        return document;
    }
}
