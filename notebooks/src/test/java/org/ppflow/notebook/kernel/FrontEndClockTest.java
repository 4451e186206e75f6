package org.ppflow.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontEndClockTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    @ParameterizedTest
    @ValueSource(longs = {-3600, -30, 0, 30, 3600})
    void clockThatDiffers_isFollowed(long ahead) {
        FrontEndClock clock = new FrontEndClock();
        clock.heard(NOW.plusSeconds(ahead), NOW);

        assertThat(clock.at(NOW.plusSeconds(60))).isEqualTo(NOW.plusSeconds(60 + ahead));
    }

    @Test
    void requestThatWaitedBehindACell_doesNotMoveTheClock() {
        FrontEndClock clock = new FrontEndClock();
        clock.heard(NOW, NOW);
        clock.heard(NOW, NOW.plusSeconds(90));

        assertThat(clock.at(NOW.plusSeconds(90))).isEqualTo(NOW.plusSeconds(90));
    }

    @Test
    void firstRequestThatWaited_isMendedByTheNext() {
        FrontEndClock clock = new FrontEndClock();
        clock.heard(NOW, NOW.plusSeconds(90));
        clock.heard(NOW.plusSeconds(100), NOW.plusSeconds(100));

        assertThat(clock.at(NOW.plusSeconds(200))).isEqualTo(NOW.plusSeconds(200));
    }

    @Test
    void beforeAnythingIsHeard_itIsOurs() {
        assertThat(new FrontEndClock().at(NOW)).isEqualTo(NOW);
    }
}
