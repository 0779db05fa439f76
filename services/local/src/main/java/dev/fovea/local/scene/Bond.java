package dev.fovea.local.scene;

/// How the bricks of a wall lie over each other.
///
/// **Units:** lengths of a whole brick, along the course.
enum Bond {
    /// Whole bricks, every other course moved by half of one.
    STRETCHER(16) {
        @Override
        Brick at(double x, long row) {
            return whole(x + (row % 2 == 0 ? 0 : 0.5));
        }
    },
    /// Whole and half bricks in turn, each half one above the middle of a whole one.
    FLEMISH(16) {
        @Override
        Brick at(double x, long row) {
            double shifted = x + (row % 2 == 0 ? 0 : PAIR / 2);
            long pair = (long) Math.floor(shifted / PAIR);
            double along = shifted - pair * PAIR;
            return along < 1 ? new Brick(2 * pair, along, 1) : new Brick(2 * pair + 1, along - 1, PAIR - 1);
        }
    },
    /// Whole bricks, joint above joint.
    STACK(5) {
        @Override
        Brick at(double x, long row) {
            return whole(x);
        }
    };

    /// A whole brick and a half one.
    private static final double PAIR = 1.5;

    private final double slack;

    Bond(double slack) {
        this.slack = slack;
    }

    /// How far a course may lie off its place, texels.
    double slack() {
        return slack;
    }

    /// @param number along its course
    /// @param along from the brick's left end
    record Brick(long number, double along, double length) {}

    /// The brick at a place of a course.
    abstract Brick at(double x, long row);

    private static Brick whole(double x) {
        long number = (long) Math.floor(x);
        return new Brick(number, x - number, 1);
    }
}
