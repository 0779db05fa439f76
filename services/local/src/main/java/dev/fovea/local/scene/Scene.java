package dev.fovea.local.scene;

import java.util.List;
import org.opencv.core.Mat;

/// A plane rich in texture that the program can photograph from several places.
public enum Scene {
    BRICK_WALL("brick-wall", Texture.STRETCHER_BOND, BrickWall::paintSample),
    PEBBLES("pebbles", Texture.PEBBLES, Pebbles::paint),
    AUTUMN_LEAVES("autumn-leaves", Texture.AUTUMN_LEAVES, AutumnLeaves::paint),
    MOSAIC("mosaic", Texture.MOSAIC, Mosaic::paint),
    NOTICE_BOARD("notice-board", Texture.NOTICE_BOARD, NoticeBoard::paint);

    /// The same six for every scene; neighbours differ by less than what SIFT bears, all together by more.
    static final List<View> VIEWS = List.of(
            new View(new View.Stand(0, 0, 0, 1.2, 0, 0), View.Light.DAY, View.Lens.SHARP),
            new View(new View.Stand(24, -6, 4, 1, -10, 8), new View.Light(1.08, 0.95, 0.03, 0.1), View.Lens.SHARP),
            new View(new View.Stand(12, 24, -9, 1.1, 20, -6), new View.Light(0.8, 1.1, 0.1, 0), new View.Lens(0.5, 2)),
            new View(new View.Stand(-14, 14, 38, 1.15, 0, 10), new View.Light(0.95, 1, -0.08, 0.25), View.Lens.SHARP),
            new View(new View.Stand(-30, -4, 16, 1.1, 24, 0), new View.Light(0.9, 1.05, 0, 0.3), new View.Lens(1.3, 2)),
            new View(
                    new View.Stand(-12, -22, -6, 0.95, -8, -12),
                    new View.Light(0.55, 1.15, -0.1, 0.15),
                    new View.Lens(0.6, 4)));

    /// One more, unlike the six.
    static final View QUERY = new View(
            new View.Stand(18, 12, 16, 1.3, 30, -24), new View.Light(0.7, 1.05, 0.12, 0.2), new View.Lens(0.8, 3));

    private final String title;
    private final Texture shown;
    private final Texture.Paint paint;

    Scene(String title, Texture shown, Texture.Paint paint) {
        this.title = title;
        this.shown = shown;
        this.paint = paint;
    }

    /// The folder name of its images.
    public String title() {
        return title;
    }

    /// The class that its images belong to.
    public Texture shown() {
        return shown;
    }

    /// The true homography between two of its views, numbered from 1.
    public static Projection between(int from, int to) {
        return VIEWS.get(from - 1).projection().inverse().then(VIEWS.get(to - 1).projection());
    }

    /// The lit texture, BGR bytes. The caller releases it.
    Mat texture(long seed) {
        Relief relief = new Relief(1);
        paint.onto(relief, seed);
        return relief.lit();
    }
}
