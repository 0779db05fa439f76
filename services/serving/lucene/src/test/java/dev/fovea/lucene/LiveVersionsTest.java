package dev.fovea.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LiveVersionsTest {

    private final LiveVersions live = new LiveVersions();

    @Test
    void aVersionIsKnownUntilARefreshHasShownIt() {
        live.put("a", 1);
        live.beforeRefresh();
        assertThat(live.get("a")).hasValue(1);

        live.afterRefresh(true);

        assertThat(live.get("a")).isEmpty();
        assertThat(live.size()).isZero();
    }

    @Test
    void aVersionWrittenDuringARefreshIsKnownUntilTheNext() {
        live.put("a", 1);
        live.beforeRefresh();
        live.put("a", 2);
        live.afterRefresh(true);
        assertThat(live.get("a")).hasValue(2);

        live.beforeRefresh();
        live.afterRefresh(true);

        assertThat(live.get("a")).isEmpty();
    }

    @Test
    void aRefreshThatFailedForgetsNothing() {
        live.put("a", 1);
        live.put("b", 1);
        live.beforeRefresh();
        live.put("a", 2);

        live.afterRefresh(false);

        assertThat(live.get("a")).hasValue(2);
        assertThat(live.get("b")).hasValue(1);
    }
}
