package dev.fovea.patches.wiring;

/// Looks a deployed jar up in a CycloneDX document.
final class BillOfMaterials {

    private BillOfMaterials() {}

    /// Whether some component's group, name and version spell the jar's name, `group.name-version[-classifier].jar`.
    static boolean names(String bom, String jar) {
        return java.util.regex.Pattern.compile("pkg:maven/([^/]+)/([^@\"]+)@([^?\"]+)")
                .matcher(bom)
                .results()
                .anyMatch(found -> jar.startsWith(found.group(1) + "." + found.group(2) + "-" + found.group(3)));
    }
}
