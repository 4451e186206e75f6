package org.ppflow.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.nn.errors.BadInputException;

class ScheduleOptionTest {
    @TempDir
    private Path folder;

    private Path config;

    @BeforeEach
    void write() throws IOException {
        config = Files.writeString(folder.resolve("mine.yaml"), """
                name: mine
                schedules:
                  - sit
                  - {name: three, levels: [{patch: 8x8, start: 0, end: 0.25}, {patch: 2x2, start: 0.25, end: 1}]}
                data: {source: "latents:none", latent: 4x32x32, classes: 10}
                """);
    }

    @Test
    void aName_andLevels_areWhatTheyAlwaysWere() throws IOException {
        assertThat(ScheduleOption.one("ppf-2")).isEqualTo(LevelSchedule.preset("ppf-2"));
        assertThat(ScheduleOption.one("4x4:0.5,2x2")).isEqualTo(LevelSchedule.parse("4x4:0.5,2x2"));
        assertThat(ScheduleOption.of(null)).isEmpty();
    }

    @Test
    void aConfig_hasItsOwnSchedules() throws IOException {
        assertThat(ScheduleOption.all(config.toString()))
                .extracting(one -> one.schedule().name())
                .containsExactly("sit", "three");
        assertThat(ScheduleOption.one(config + "#three").count()).isEqualTo(2);
        assertThat(ScheduleOption.one(config + "#three").level(0).end()).isEqualTo(0.25);
    }

    @Test
    void aList_takesNamesLevelsAndConfigs() throws IOException {
        assertThat(ScheduleOption.list("sit," + config + "#three, ppf-2"))
                .extracting(ChosenSchedule::label)
                .containsExactly("sit", "three", "ppf-2");
        assertThat(ScheduleOption.list("8:0.3,2,sit"))
                .extracting(ChosenSchedule::label)
                .containsExactly("8:0.3,2", "sit");
        assertThat(ScheduleOption.list("sit,4x4:0.3,2x2,8x8:0.25,4x4:0.5,2x2:1,ppf-3"))
                .extracting(ChosenSchedule::label)
                .containsExactly("sit", "4x4:0.3,2x2", "8x8:0.25,4x4:0.5,2x2:1", "ppf-3");
    }

    @Test
    void aListWhoseLevelsDoNotEnd_isRefused() {
        assertThatThrownBy(() -> ScheduleOption.list("sit,4x4:0.5"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("schedule '4x4:0.5'")
                .hasMessageContaining("gap before 1");
        assertThatThrownBy(() -> ScheduleOption.list("4x4:0.5,sit"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("schedule '4x4:0.5,sit'");
    }

    @Test
    void aFileWithACommaInItsName_isOneConfig() throws IOException {
        Path odd = Files.copy(config, folder.resolve("sit,odd.yaml"));

        assertThat(ScheduleOption.list(odd.toString()))
                .extracting(ChosenSchedule::label)
                .containsExactly("sit", "three");
    }

    @Test
    void aScheduleOfAConfig_hasItsNetworkAndLatent() throws IOException {
        ConfigNetwork network =
                ScheduleOption.chosen(config + "#three").network().orElseThrow();

        assertThat(network.name()).isEqualTo("mine");
        assertThat(network.latent()).isEqualTo(new LatentSize(4, 32, 32));
        assertThat(network.on(new LatentSize(4, 16, 16), LevelSchedule.SIT).hidden())
                .isEqualTo(network.config().model().hidden());
        assertThat(ScheduleOption.chosen("ppf-2").network()).isEmpty();
    }

    @Test
    void aScheduleOfSeveralNetworks_asksForOne() throws IOException {
        Path grid = Files.writeString(folder.resolve("grid.yaml"), """
                name: grid
                schedules: [ppf-2]
                cells:
                  narrow: {model: {hidden: 64, heads: 2}}
                  wide: {model: {hidden: 256, heads: 2}}
                """);

        assertThatThrownBy(() -> ScheduleOption.chosen(grid.toString()).network())
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("2 networks with this schedule")
                .hasMessageContaining("hidden 64")
                .hasMessageContaining("--model");
    }

    @Test
    void aConfigOfSeveral_asksWhich() {
        assertThatThrownBy(() -> ScheduleOption.one(config.toString()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("found schedules sit, three")
                .hasMessageContaining("mine.yaml#three");
    }

    @Test
    void aScheduleThatTheConfigDoesNotHave_isRefusedWithTheNearest() {
        assertThatThrownBy(() -> ScheduleOption.one(config + "#thre"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("no schedule 'thre'")
                .hasMessageContaining("did you mean 'three'?");
    }

    @Test
    void aNameOfTwoSchedules_isNotTakenForTheFirst() throws IOException {
        Path grid = Files.writeString(folder.resolve("grid.yaml"), """
                name: grid
                cells:
                  early: {schedules: [{name: mine, levels: [{patch: 4x4, start: 0, end: 0.25}, {patch: 2x2, start: 0.25, end: 1}]}]}
                  late: {schedules: [{name: mine, levels: [{patch: 4x4, start: 0, end: 0.75}, {patch: 2x2, start: 0.75, end: 1}]}]}
                """);

        assertThatThrownBy(() -> ScheduleOption.one(grid + "#mine"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("2 schedules 'mine' in the config");
    }

    @Test
    void aConfigThatIsNotThere_isNamed() {
        assertThatThrownBy(() -> ScheduleOption.one(folder.resolve("none.yaml").toString()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("none.yaml");
    }
}
