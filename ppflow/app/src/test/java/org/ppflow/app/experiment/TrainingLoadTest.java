package org.ppflow.app.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.load.OtherLoad;
import org.ppflow.app.load.ProcessorClock;

/** Two processors, one of which others take all the time; a lap is 10 s. */
class TrainingLoadTest {
    @TempDir
    private Path folder;

    private Path file;
    private double now;

    @BeforeEach
    void nameFile() {
        file = folder.resolve(TrainingLoad.NAME);
    }

    @Test
    void aTrainingThatGoesOn_addsToItsEarlierStarts() throws IOException {
        TrainingLoad first = load();
        first.start(0);
        first.save();
        TrainingLoad second = load();
        second.start(4);

        assertThat(second.total()).isEqualTo(new OtherLoad(20, 10));
    }

    @Test
    void aTrainingThatBeginsAnew_forgetsAnother() throws IOException {
        Files.writeString(file, "{\"seconds\": 1000, \"taken\": 900}");
        TrainingLoad load = load();
        load.start(0);

        assertThat(load.total()).isEqualTo(new OtherLoad(10, 5));
    }

    @Test
    void aTrainingOfAVersionThatDidNotWatch_isWatchedFromHereOn() throws IOException {
        TrainingLoad load = load();
        load.start(4);

        assertThat(load.total()).isEqualTo(new OtherLoad(10, 5));
    }

    @Test
    void aDamagedFile_stopsNoTraining() throws IOException {
        Files.writeString(file, "{\"seconds\": 10");
        TrainingLoad load = load();
        load.start(4);
        load.save();

        assertThat(StageJson.read(file, OtherLoad.class)).isEqualTo(new OtherLoad(10, 5));
    }

    private TrainingLoad load() {
        return new TrainingLoad(file, clock(), 0);
    }

    private ProcessorClock clock() {
        return () -> {
            now += 10;
            return Optional.of(new ProcessorClock.Reading(now, now, 2 * now, OptionalDouble.empty(), 2, 2));
        };
    }
}
