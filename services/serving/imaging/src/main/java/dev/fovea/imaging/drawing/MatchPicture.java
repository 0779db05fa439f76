package dev.fovea.imaging.drawing;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.patch.Homography;
import dev.fovea.imaging.patch.Keypoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opencv.core.Rect;

/// Two images side by side: lines join the matched keypoints that agree with the homography, and its outline shows
/// where the left image lies in the right one. Of many pairs, the strongest that lie apart are drawn, and the caption
/// says how many.
///
/// @param pairs that agree with the homography
/// @param homography from the left to the right image; empty if none was found
/// @param caption what is written below, the title first
public record MatchPicture(List<Pair> pairs, Optional<Homography> homography, String title, List<String> caption) {

    /// Longer side of each image as drawn, pixels, where nothing else is asked for.
    private static final int SIDE = 1100;

    private static final int GAP = 16;
    private static final int BAR = 64;

    /// More lines than these hide images of [#SIDE]. Smaller ones get fewer and thinner ones.
    private static final int LINES = 60;

    private static final int LEAST_LINES = 12;

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

    /// Encodes the picture as JPEG; the text does not shrink with the images.
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
            List<Pair> drawn = drawn(left, side);
            lines(canvas, first, second, drawn, left);
            Caption.write(canvas, title, facts(drawn.size()), new Rect(0, height, width, BAR));
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
            canvas.outline(own, first.area, Ink.HALO, first.stroke(12));
            canvas.outline(mapped, second.area, Ink.HALO, second.stroke(9));
        });
        canvas.outline(own, first.area, Ink.OUTLINE, first.stroke(7));
        canvas.outline(mapped, second.area, Ink.OUTLINE, second.stroke(4));
    }

    private List<Pair> drawn(Image left, int side) {
        int most = Math.clamp((long) LINES * side / SIDE, LEAST_LINES, LINES);
        double apart = Math.min(left.width(), left.height()) / 26.0;
        List<Keypoint> chosen = Spread.over(pairs.stream().map(Pair::left).toList(), most, apart, 0);
        return pairs.stream().filter(pair -> chosen.contains(pair.left)).toList();
    }

    private List<String> facts(int drawn) {
        List<String> facts = new ArrayList<>(caption);
        if (drawn < pairs.size()) {
            facts.add(drawn + " drawn");
        }
        return facts;
    }

    private static void lines(Canvas canvas, Panel first, Panel second, List<Pair> drawn, Image left) {
        canvas.translucent(0.5, () -> drawn.forEach(pair -> line(canvas, first, second, pair, Ink.HALO, 4)));
        canvas.translucent(0.85, () -> drawn.forEach(pair -> line(canvas, first, second, pair, ink(pair, left), 2)));
        for (Pair pair : drawn) {
            first.dot(canvas, pair.left, ink(pair, left));
            second.dot(canvas, pair.right, ink(pair, left));
        }
    }

    private static void line(Canvas canvas, Panel first, Panel second, Pair pair, Ink ink, int thickness) {
        canvas.line(first.place(pair.left), second.place(pair.right), ink, first.stroke(thickness));
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
    ///
    /// @param scale of the image
    /// @param strokes what is drawn is this share of what it is on an image of [#SIDE]
    private record Panel(Rect area, double scale, double strokes) {

        static Panel of(Image image, int left, int side) {
            double scale = (double) side / Math.max(image.width(), image.height());
            int width = Math.max(1, (int) Math.round(scale * image.width()));
            int height = Math.max(1, (int) Math.round(scale * image.height()));
            return new Panel(new Rect(left, 0, width, height), scale, Math.min(1, (double) side / SIDE));
        }

        void put(Canvas canvas, Image image) {
            canvas.put(image, area.x, area.y, area.width, area.height, 0.72);
        }

        int stroke(int full) {
            return Math.max(1, (int) Math.round(strokes * full));
        }

        void dot(Canvas canvas, Keypoint keypoint, Ink ink) {
            canvas.dot(place(keypoint), Math.max(4, 6.5 * strokes), Ink.HALO);
            canvas.dot(place(keypoint), Math.max(3, 5 * strokes), ink);
        }

        Point place(Keypoint keypoint) {
            return place(new Point(keypoint.x(), keypoint.y()));
        }

        Point place(Point point) {
            return new Point(area.x + (point.x() + 0.5) * scale - 0.5, area.y + (point.y() + 0.5) * scale - 0.5);
        }
    }
}
