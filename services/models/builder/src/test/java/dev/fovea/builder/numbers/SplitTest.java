package dev.fovea.builder.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitTest {

    private static final int[] TEN_AND_FIVE = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1};

    @Test
    void keepsTheProportionOfClasses() {
        Split split = Split.stratified(TEN_AND_FIVE, 0.8, 1);

        assertThat(split.fitted().stream().filter(row -> TEN_AND_FIVE[row] == 0))
                .hasSize(8);
        assertThat(split.fitted().stream().filter(row -> TEN_AND_FIVE[row] == 1))
                .hasSize(4);
    }

    @Test
    void everyRowIsInOnePartOnly() {
        Split split = Split.stratified(TEN_AND_FIVE, 0.5, 2);

        List<Integer> all = new ArrayList<>(split.fitted());
        all.addAll(split.heldOut());
        assertThat(all).hasSize(15).doesNotHaveDuplicates();
    }

    @Test
    void holdsOutAtLeastOneOfAClassOfTwo() {
        assertThat(Split.stratified(new int[] {0, 0, 1, 1}, 0.9, 1).heldOut()).hasSize(2);
    }

    @Test
    void fitsToASingleSampleOfAClass() {
        Split split = Split.stratified(new int[] {0, 1}, 0.2, 1);

        assertThat(split.fitted()).containsExactly(0, 1);
        assertThat(split.heldOut()).isEmpty();
    }

    @Test
    void seedDecidesWhichRows() {
        assertThat(Split.stratified(TEN_AND_FIVE, 0.5, 1)).isEqualTo(Split.stratified(TEN_AND_FIVE, 0.5, 1));
        assertThat(Split.stratified(TEN_AND_FIVE, 0.5, 1)).isNotEqualTo(Split.stratified(TEN_AND_FIVE, 0.5, 3));
    }

    @Test
    void evenChoicesCoverTheWholeRange() {
        assertThat(Choices.evenly(10, 5)).containsExactly(0, 2, 4, 6, 8);
        assertThat(Choices.evenly(3, 5)).containsExactly(0, 1, 2);
        assertThat(Arrays.stream(Choices.shuffled(100, 3)).sorted().toArray())
                .containsExactly(Choices.evenly(100, 100));
    }
}
