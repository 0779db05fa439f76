package dev.fovea.imaging.read;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageSize;
import dev.fovea.inference.Permits;

/// An image and the core that works on it; both are held until it is closed.
///
/// **Threads:** those of its request. **Who closes it:** whoever opened it, once.
public final class OpenedImage implements AutoCloseable {
    private final Image image;
    private final Permits.Permit core;

    OpenedImage(Image image, Permits.Permit core) {
        this.image = image;
        this.core = core;
    }

    /// Lent: closed with this.
    public Image image() {
        return image;
    }

    /// Stays right when the image is closed.
    public ImageSize size() {
        return new ImageSize(image.width(), image.height());
    }

    @Override
    public void close() {
        try (core) {
            image.close();
        }
    }
}
