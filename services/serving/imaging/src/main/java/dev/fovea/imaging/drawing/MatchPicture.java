package dev.fovea.imaging.drawing;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.patch.Homography;
import dev.fovea.imaging.patch.Keypoint;
import java.util.List;
import java.util.Optional;
import org.opencv.core.Rect;

/// Two images side by side: lines join the matched keypoints that agree with the homography, and its outline shows
/// where the left image lies in the right one.
///
/// @param pairs that agree with the homography
/// @param homography from the left to the right image; empty if none was found
/// @param caption what is written below, the title first
public record MatchPicture(List<Pair> pairs, Optional<Homography> homography, String title, List<String> caption) {

    /// Longer side of each image as drawn, pixels, where nothing else is asked for.
    private static final int SIDE = 1100;

    private static final int GAP = 16;
    private static final int BAR = 64;

    /// More lines than these hide the images.
    private static final int LINES = 70;

    /// Two keypoints taken for the same place.
    public record Pair(Keypoint left, Keypoint right) {}

    public MatchPicture {
        pairs = List.copyOf(pairs);
        caption = List.copyOf(caption);
    }

    /// Encodes the picture as JPEG, each image's longer side as 1,100 px.
    public byte[] draw(Image left, Image right) {
        return draw(left, right, SIDE);
    }

    /// Encodes the picture as JPEG; strokes and text do not shrink with the images.
    ///
    /// @param side longer side of each image as drawn, pixels
    public byte[] draw(Image left, Image right, int side) {
        Panel first = Panel.of(left, 0, side);
        Panel second = Panel.of(right, first.area.width + GAP, side);
        int width = second.area.x + second.area.width;
        int height = Math.max(first.area.height, second.area.height);
        try (Canvas canvas = new Canvas(width, height + BAR, Ink.PAPER)) {
            first.put(canvas, left);
            second.put(canvas, right);
            homography.ifPresent(map -> outlines(canvas, first, second, map, left));
            lines(canvas, first, second, left);
            Caption.write(canvas, title, caption, new Rect(0, height, width, BAR));
            return canvas.jpeg();
        }
    }

    private static void outlines(Canvas canvas, Panel first, Panel second, Homography map, Image left) {
        List<Point> corners = corners(left);
        List<Point> own = corners.stream().map(first::place).toList();
        List<Point> mapped = corners.stream()
                .map(corner ->
                        second.place(new Point(map.mapX(corner.x(), corner.y()), map.mapY(corner.x(), corner.y()))))
                .toList();
        canvas.translucent(0.55, () -> {
            canvas.outline(own, first.area, Ink.HALO, 12);
            canvas.outline(mapped, second.area, Ink.HALO, 9);
        });
        canvas.outline(own, first.area, Ink.OUTLINE, 7);
        canvas.outline(mapped, second.area, Ink.OUTLINE, 4);
    }

    private void lines(Canvas canvas, Panel first, Panel second, Image left) {
        List<Keypoint> chosen = Spread.over(
                pairs.stream().map(Pair::left).toList(), LINES, Math.min(left.width(), left.height()) / 26.0, 0);
        List<Pair> drawn =
                pairs.stream().filter(pair -> chosen.contains(pair.left)).toList();
        canvas.translucent(0.5, () -> drawn.forEach(pair -> line(canvas, first, second, pair, Ink.HALO, 4)));
        canvas.translucent(0.85, () -> drawn.forEach(pair -> line(canvas, first, second, pair, ink(pair, left), 2)));
        for (Pair pair : drawn) {
            end(canvas, first.place(pair.left), ink(pair, left));
            end(canvas, second.place(pair.right), ink(pair, left));
        }
    }

    private static void line(Canvas canvas, Panel first, Panel second, Pair pair, Ink ink, int thickness) {
        canvas.line(first.place(pair.left), second.place(pair.right), ink, thickness);
    }

    private static void end(Canvas canvas, Point place, Ink ink) {
        canvas.dot(place, 6.5, Ink.HALO);
        canvas.dot(place, 5, ink);
    }

    /// By height, so that neighbouring lines differ little and crossing ones much.
    private static Ink ink(Pair pair, Image left) {
        return Ink.ramp(pair.left.y() / left.height());
    }

    /// The middles of the corner pixels, clockwise from the upper left.
    static List<Point> corners(Image image) {
        int right = image.width() - 1;
        int bottom = image.height() - 1;
        return List.of(new Point(0, 0), new Point(right, 0), new Point(right, bottom), new Point(0, bottom));
    }

    /// Where one of the images is drawn.
    private record Panel(Rect area, double scale) {

        static Panel of(Image image, int left, int side) {
            double scale = (double) side / Math.max(image.width(), image.height());
            int width = Math.max(1, (int) Math.round(scale * image.width()));
            int height = Math.max(1, (int) Math.round(scale * image.height()));
            return new Panel(new Rect(left, 0, width, height), scale);
        }

        void put(Canvas canvas, Image image) {
            canvas.put(image, area.x, area.y, area.width, area.height, 0.72);
        }

        Point place(Keypoint keypoint) {
            return place(new Point(keypoint.x(), keypoint.y()));
        }

        Point place(Point point) {
            return new Point(area.x + (point.x() + 0.5) * scale - 0.5, area.y + (point.y() + 0.5) * scale - 0.5);
        }
    }
}
