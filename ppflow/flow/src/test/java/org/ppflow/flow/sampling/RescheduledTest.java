package org.ppflow.flow.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.nn.errors.BadInputException;

class RescheduledTest {
    private static final LevelSchedule TWICE = LevelSchedule.parse("2x2:0.25,4x4:0.5,2x2");

    @Test
    void ownSchedule_runsEveryLevelItself_alsoWhereTwoHaveTheSamePatches() {
        assertThat(Rescheduled.levels(TWICE, TWICE)).containsExactly(0, 1, 2);
    }

    @Test
    void otherBoundaries_findTheLevelThatSharesMostOfTheTime() {
        assertThat(Rescheduled.levels(TWICE, LevelSchedule.parse("2x2:0.2,4x4:0.6,2x2")))
                .containsExactly(0, 1, 2);
        assertThat(Rescheduled.levels(LevelSchedule.PPF_3, LevelSchedule.parse("4x4:0.9,2x2")))
                .containsExactly(0, 2);
    }

    @Test
    void levelsThatCannotBeToldApart_areRefused() {
        LevelSchedule halves = LevelSchedule.parse("2x2:0.5,2x2");
        assertThatThrownBy(() -> Rescheduled.levels(halves, LevelSchedule.SIT))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("levels [0, 1]");
    }

    @Test
    void pyramid_isSampledAsItWasTrained() {
        assertThat(Rescheduled.levels(LevelSchedule.PYRAMID, LevelSchedule.PYRAMID))
                .containsExactly(0, 1);
        assertThatThrownBy(() -> Rescheduled.levels(LevelSchedule.PYRAMID, LevelSchedule.PPF_2))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("the model's kind, pyramid");
    }

    @Test
    void patchesThatTheModelDoesNotHave_areRefused() {
        assertThatThrownBy(() -> Rescheduled.levels(LevelSchedule.SIT, LevelSchedule.PPF_2))
                .hasMessageContaining("4x4");
    }
}
