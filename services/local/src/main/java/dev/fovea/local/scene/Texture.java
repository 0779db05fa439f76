package dev.fovea.local.scene;

import com.google.errorprone.annotations.Immutable;
import org.opencv.core.Mat;

/// The classes of textures that the demonstration classifier tells apart.
///
/// Three walls of the same bricks differ in how these lie over each other, two grounds of the same stones in whether
/// they are hewn.
public enum Texture {
    AUTUMN_LEAVES("autumn-leaves", AutumnLeaves::paint),
    COBBLESTONES("cobblestones", Cobblestones::paint),
    FLEMISH_BOND("flemish-bond", (relief, seed) -> BrickWall.paint(relief, seed, Bond.FLEMISH)),
    MOSAIC("mosaic", Mosaic::paint),
    NOTICE_BOARD("notice-board", NoticeBoard::paint),
    PEBBLES("pebbles", Pebbles::paint),
    STACK_BOND("stack-bond", (relief, seed) -> BrickWall.paint(relief, seed, Bond.STACK)),
    STRETCHER_BOND("stretcher-bond", (relief, seed) -> BrickWall.paint(relief, seed, Bond.STRETCHER));

    private final String label;
    private final Paint paint;

    Texture(String label, Paint paint) {
        this.label = label;
        this.paint = paint;
    }

    /// The class's name in a model.
    public String label() {
        return label;
    }

    /// The lit texture, BGR bytes. The caller releases it.
    ///
    /// @param seed decides everything but the class
    /// @param pitch texels from one pixel to the next
    Mat lit(long seed, int pitch) {
        Relief relief = new Relief(pitch);
        paint.onto(relief, seed);
        return relief.lit();
    }

    @Immutable
    interface Paint {
        void onto(Relief relief, long seed);
    }
}
