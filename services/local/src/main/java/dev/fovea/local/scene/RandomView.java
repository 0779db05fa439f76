package dev.fovea.local.scene;

/// Views as different as a person with a cheap camera would take them.
final class RandomView {

    private RandomView() {}

    /// The same arguments give the same view.
    static View of(long seed, Texture texture, int number) {
        Draw draw = new Draw(new Noise(seed).fork(texture.label().hashCode()), number);
        View.Stand stand = new View.Stand(
                draw.between(0, -32, 32),
                draw.between(1, -25, 25),
                draw.between(2, -40, 40),
                draw.between(3, 0.85, 1.35),
                draw.between(4, -150, 150),
                draw.between(5, -110, 110));
        View.Light light = new View.Light(
                draw.between(6, 0.5, 1.15),
                draw.between(7, 0.9, 1.2),
                draw.between(8, -0.13, 0.13),
                draw.between(9, -0.2, 0.35));
        return new View(stand, light, new View.Lens(draw.between(10, 0.25, 0.7), draw.between(11, 0.3, 2.5)));
    }

    private record Draw(Noise noise, int number) {

        double between(int channel, double low, double high) {
            return low + (high - low) * noise.cell(number, 0, channel);
        }
    }
}
