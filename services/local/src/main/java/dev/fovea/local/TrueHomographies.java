package dev.fovea.local;

import dev.fovea.local.scene.Projection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The homographies that lie beside rendered views, as `view-1-to-<n>.H`.
final class TrueHomographies {

    private static final Pattern VIEW = Pattern.compile("view-(\\d+)\\.\\w+");

    private TrueHomographies() {}

    /// From one image to another of the same folder; empty if nothing is known about one of them.
    static Optional<Projection> between(ImageFile left, ImageFile right) throws IOException {
        Optional<Projection> toLeft = fromFirst(left);
        Optional<Projection> toRight = fromFirst(right);
        return toLeft.flatMap(from -> toRight.map(to -> from.inverse().then(to)));
    }

    private static Optional<Projection> fromFirst(ImageFile image) throws IOException {
        Matcher view = VIEW.matcher(image.name());
        if (!view.matches()) {
            return Optional.empty();
        }
        Path second = image.path().resolveSibling("view-1-to-2.H");
        if (view.group(1).equals("1")) {
            return Files.exists(second) ? Optional.of(Projection.IDENTITY) : Optional.empty();
        }
        Path file = image.path().resolveSibling("view-1-to-" + view.group(1) + ".H");
        return Files.exists(file) ? Optional.of(Projection.parse(Files.readString(file))) : Optional.empty();
    }
}
