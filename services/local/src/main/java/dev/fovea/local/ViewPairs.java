package dev.fovea.local;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Pairs every image with the next of its series, whatever order they arrive in, and holds no image longer than
/// a neighbour may still come.
///
/// One thread at a time may call it.
///
/// @param <T> what is known about an image
final class ViewPairs<T> {

    /// Neighbours in name order.
    record Pair<T>(T left, T right) {}

    private final List<ImageFile> images;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<Integer, T> held = new HashMap<>();
    private final BitSet settled = new BitSet();

    /// @param images in name order
    ViewPairs(List<ImageFile> images) {
        this.images = List.copyOf(images);
        for (int i = 0; i < images.size(); i++) {
            places.put(images.get(i).key(), i);
        }
    }

    /// Takes an image in; returns the pairs that it completes, at most two.
    List<Pair<T>> add(ImageFile image, T view) {
        int place = place(image);
        settled.set(place);
        held.put(place, view);
        List<Pair<T>> pairs = new ArrayList<>();
        T before = held.get(place - 1);
        if (before != null && areNeighbours(place - 1, place)) {
            pairs.add(new Pair<>(before, view));
        }
        T after = held.get(place + 1);
        if (after != null && areNeighbours(place, place + 1)) {
            pairs.add(new Pair<>(view, after));
        }
        releaseAround(place);
        return pairs;
    }

    /// The image will not come.
    void skip(ImageFile image) {
        int place = place(image);
        settled.set(place);
        releaseAround(place);
    }

    private int place(ImageFile image) {
        return Objects.requireNonNull(places.get(image.key()), () -> image.key() + " is not in the folder");
    }

    int held() {
        return held.size();
    }

    private void releaseAround(int place) {
        for (int i = place - 1; i <= place + 1; i++) {
            boolean before = !areNeighbours(i - 1, i) || settled.get(i - 1);
            boolean after = !areNeighbours(i, i + 1) || settled.get(i + 1);
            if (before && after) {
                held.remove(i);
            }
        }
    }

    private boolean areNeighbours(int left, int right) {
        return left >= 0
                && right < images.size()
                && images.get(left).series().equals(images.get(right).series());
    }
}
