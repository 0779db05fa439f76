package dev.fovea.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.local.ViewPairs.Pair;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewPairsTest {

    private static final ImageFile A1 = file("a/1.jpg");
    private static final ImageFile A2 = file("a/2.jpg");
    private static final ImageFile A3 = file("a/3.jpg");
    private static final ImageFile B1 = file("b/1.jpg");

    private final ViewPairs<String> pairs = new ViewPairs<>(List.of(A1, A2, A3, B1));

    @Test
    void pairsNeighboursInWhateverOrderTheyArrive() {
        assertThat(pairs.add(A3, "a3")).isEmpty();
        assertThat(pairs.add(A1, "a1")).isEmpty();
        assertThat(pairs.add(A2, "a2")).containsExactly(new Pair<>("a1", "a2"), new Pair<>("a2", "a3"));
    }

    @Test
    void doesNotPairAcrossFolders() {
        pairs.add(A3, "a3");

        assertThat(pairs.add(B1, "b1")).isEmpty();
    }

    @Test
    void doesNotPairAcrossAMissingImage() {
        pairs.add(A1, "a1");
        pairs.skip(A2);

        assertThat(pairs.add(A3, "a3")).isEmpty();
    }

    @Test
    void holdsNothingOnceEveryImageIsSettled() {
        pairs.add(A2, "a2");
        assertThat(pairs.held()).isEqualTo(1);

        pairs.add(A1, "a1");
        pairs.skip(A3);
        pairs.add(B1, "b1");

        assertThat(pairs.held()).isZero();
    }

    @Test
    void releasesAnImageWhenItsLastNeighbourHasCome() {
        pairs.add(A1, "a1");
        pairs.add(A2, "a2");

        // A1 is paired; A2 waits for A3.
        assertThat(pairs.held()).isEqualTo(1);
    }

    private static ImageFile file(String key) {
        return new ImageFile(Path.of(key), key, "image/jpeg");
    }
}
