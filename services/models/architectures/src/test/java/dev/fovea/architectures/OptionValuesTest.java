package dev.fovea.architectures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionValuesTest {

    private static final List<Option> OPTIONS = List.of(
            new Option("stage", "5", "1 to 5", "stage"),
            new Option("bgr", "false", "true or false", "blue first"),
            new Option("eps", "1e-5", "0 to 1", "epsilon"));

    private static OptionValues values(Map<String, String> given) {
        return new OptionValues(OPTIONS, given);
    }

    @Test
    void fillsInDefaultsAndSortsByName() {
        assertThat(values(Map.of("stage", "3")).asMap().toString()).isEqualTo("{bgr=false, eps=1e-5, stage=3}");
    }

    @Test
    void readsValuesByTheirType() {
        OptionValues values = values(Map.of("bgr", "TRUE"));

        assertThat(values.flag("bgr")).isTrue();
        assertThat(values.wholeNumber("stage", 1, 5)).isEqualTo(5);
        assertThat(values.number("eps")).isEqualTo(1e-5);
    }

    @Test
    void refusesWhatIsNoOptionOrOutOfRange() {
        assertThatThrownBy(() -> values(Map.of("scale", "1")))
                .hasMessage("no option \"scale\"; there is [bgr, eps, stage]");
        assertThatThrownBy(() -> values(Map.of("stage", "6")).wholeNumber("stage", 1, 5))
                .hasMessage("stage 6 is outside 1 to 5");
        assertThatThrownBy(() -> values(Map.of("stage", "last")).wholeNumber("stage", 1, 5))
                .hasMessage("stage = \"last\" is not acceptable; allowed: 1 to 5");
        assertThatThrownBy(() -> values(Map.of("bgr", "yes")).flag("bgr"))
                .hasMessage("bgr = \"yes\" is not acceptable; allowed: true or false");
    }
}
