package org.ppflow.app.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.load.OtherLoad;
import org.ppflow.app.table.Table;
import org.ppflow.eval.protocol.Evaluation;
import org.ppflow.flow.sampling.SamplingLedger;

/** What a table compares, and what it says of disturbed measurements. */
class ResultTableTest {
    private static final OtherLoad QUIET = new OtherLoad(100, 4);
    private static final OtherLoad BUSY = new OtherLoad(100, 45);

    @TempDir
    private Path folder;

    @Test
    void oneModel_isNotComparedWithItself() {
        Table table = table(QUIET, "ppf-2");

        assertThat(table.rows())
                .extracting(Table.Row::key)
                .contains("training_flops_share_of_sit", "sampling_flops_share_of_sit")
                .noneMatch(key -> key.contains("ratio"));
    }

    /** The plan counts before what the table counts after. */
    @Test
    void sharesOfSit_areThoseOfThePlan() {
        Table table = table(QUIET, "ppf-2");
        ExperimentConfig config = config("ppf-2");
        String plan = new PlanTable(config, List.of(plan(config, 0))).toText();

        for (String key : List.of("training_flops_share_of_sit", "sampling_flops_share_of_sit")) {
            Table.Row row = row(table, key);
            assertThat(plan).containsPattern(row.name() + " +" + row.text(0) + "\n");
        }
    }

    @Test
    void modelsBesideSit_areComparedWithIt() {
        Table table = table(QUIET, "sit", "ppf-2");

        assertThat(row(table, "training_speed_ratio").name()).isEqualTo("training speed, × sit");
        assertThat(table.rows()).extracting(Table.Row::key).noneMatch(key -> key.contains("share_of_sit"));
    }

    @Test
    void aBusyMachine_isNamedInTextMarkdownAndJson_andNotAmongWhatTwoEqualRunsShare() {
        Table table = table(BUSY, "ppf-2");

        String trained =
                "other programs used 45 % of the processors while ppf-2 trained: its images/s are probably too low";
        assertThat(table.toText())
                .contains("\nCaution: " + trained + ".\n")
                .contains("while ppf-2 was sampled: its samples/s are probably too low");
        assertThat(table.toMarkdown()).contains("Caution: " + trained);
        assertThat(table.toJson()).contains("\"cautions\"", "\"" + trained + "\"");
        assertThat(table.withoutTimings().toText()).doesNotContain("Caution");
    }

    @Test
    void ratiosOfDisturbedSpeeds_areMarked_andCountedOnesAreNot() {
        Table table = table(BUSY, "sit", "ppf-2");

        assertThat(row(table, "training_speed_ratio").text(0)).isEqualTo("1.00×");
        assertThat(row(table, "training_speed_ratio").text(1)).isEqualTo("1.00× ?");
        assertThat(row(table, "sampling_speed_ratio").text(1)).isEqualTo("1.00× ?");
        assertThat(row(table, "sampling_speed_ratio_by_flops").text(1)).doesNotContain("?");
        assertThat(table.toText()).contains("a speed ratio with a question mark does not hold");
        assertThat(table.toJson())
                .contains("\"training_speed_ratio\" : 1.0,")
                .contains("\"training_speed_ratio_disturbed\" : true");
        assertThat(table(QUIET, "sit", "ppf-2").toText()).doesNotContain("?");
    }

    @Test
    void aQuietMachine_andOneThatNobodyWatched_areNotSpokenOf() {
        assertThat(table(QUIET, "ppf-2").toJson()).doesNotContain("caution");
        assertThat(table(null, "ppf-2").toJson()).doesNotContain("caution");
    }

    @Test
    void figuresOfVersionsThatDidNotWatch_areRead() throws IOException {
        Path file = folder.resolve("training.json");
        Files.writeString(file, "{\"images\": 96, \"steps\": 2, \"parameters\": 5, \"seconds\": 2.0}");

        TrainingStage.Figures figures = StageJson.read(file, TrainingStage.Figures.class);

        assertThat(figures.otherLoad()).isNull();
        assertThat(figures.imagesPerSecond()).isEqualTo(48);
    }

    @Test
    void whatOthersTook_isKeptWithTheFigures() throws IOException {
        Path file = folder.resolve("training.json");
        StageJson.write(file, new TrainingStage.Figures(96, 2, 5, 2, BUSY));

        assertThat(StageJson.read(file, TrainingStage.Figures.class).otherLoad())
                .isEqualTo(BUSY);
    }

    private static Table table(@Nullable OtherLoad load, String... schedules) {
        ExperimentConfig config = config(schedules);
        List<ModelResult> results = new ArrayList<>();
        for (int i = 0; i < schedules.length; i++) {
            ModelPlan plan = plan(config, i);
            SamplingLedger ledger = plan.ledger().orElseThrow();
            results.add(new ModelResult(
                    plan,
                    new TrainingStage.Figures(960, 20, 1000, 10, load),
                    new SamplingStage.Figures(
                            40,
                            20,
                            40,
                            5,
                            ledger.nfe(),
                            ledger.counts().evaluations(),
                            ledger.passes(),
                            ledger.blocksOfPasses(),
                            load),
                    Evaluation.parse("{\"protocols\": {\"exact\": {\"classifier_fd\": 1.5}}}")));
        }
        return ResultTable.of("test", results, new ScoreRows(List.of(), List.of(), List.of()), List.of());
    }

    private static Table.Row row(Table table, String key) {
        return table.rows().stream()
                .filter(row -> row.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static ModelPlan plan(ExperimentConfig config, int schedule) {
        return ModelPlan.of(config, config.schedules().get(schedule));
    }

    private static ExperimentConfig config(String... schedules) {
        return ConfigReader.parse("test.yaml", """
                name: test
                schedules: %s
                data: {size: 32, codec: haar}
                training: {images: 960, batch: 48}
                sampling: {solver: heun, steps: 6, guidance: 2.0}
                """.formatted(Arrays.toString(schedules)), List.of());
    }
}
