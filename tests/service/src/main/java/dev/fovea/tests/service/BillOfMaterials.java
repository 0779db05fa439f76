package dev.fovea.tests.service;

import java.util.regex.Pattern;

/// Looks a deployed jar up in a CycloneDX document.
public final class BillOfMaterials {

    private BillOfMaterials() {}

    /// Whether some component's group, name and version spell the jar's name, `group.name-version[-classifier].jar`.
    public static boolean names(String bom, String jar) {
        return Pattern.compile("pkg:maven/([^/]+)/([^@\"]+)@([^?\"]+)")
                .matcher(bom)
                .results()
                .anyMatch(found -> jar.startsWith(found.group(1) + "." + found.group(2) + "-" + found.group(3)));
    }
}
