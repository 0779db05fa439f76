package dev.fovea.local;

import java.nio.file.Path;

/// An image on disk, to be sent as one event.
///
/// @param key the path below the folder, with `/` on every system
record ImageFile(Path path, String key, String contentType) {

    /// The folder within the folder, empty at the top; images of one folder may show one scene.
    String series() {
        return key.substring(0, Math.max(0, key.lastIndexOf('/')));
    }

    String name() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /// The key without `.jpg`; other endings stay, lest `a.png` and `a.jpg` meet.
    String stem() {
        return withoutJpg(key);
    }

    /// As [#stem()], of the name.
    String nameStem() {
        return withoutJpg(name());
    }

    private static String withoutJpg(String text) {
        return text.endsWith(".jpg") ? text.substring(0, text.length() - 4) : text;
    }
}
