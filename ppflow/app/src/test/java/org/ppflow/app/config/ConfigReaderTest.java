package org.ppflow.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.flow.level.Boundary;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchLevel;
import org.ppflow.flow.level.PatchSize;
import org.ppflow.flow.level.Representation;
import org.ppflow.flow.training.LearningRate;

class ConfigReaderTest {
    private static final String LEAST = "name: a\nschedules: [sit, ppf-2]\n";

    @Test
    void whatAFileLeavesOut_comesFromTheDefaults() {
        ExperimentConfig config = parse(LEAST);

        assertThat(config.data()).isEqualTo(Defaults.DATA);
        assertThat(config.training()).isEqualTo(Defaults.TRAINING);
        assertThat(config.sampling()).isEqualTo(Defaults.SAMPLING);
        assertThat(config.schedules()).containsExactly(LevelSchedule.SIT, LevelSchedule.PPF_2);
    }

    @Test
    void initScratch_isNoFile_andAFileKeepsTheOtherDefaults() {
        assertThat(parse(LEAST + "init: scratch\n").init()).isEqualTo(InitConfig.SCRATCH);
        InitConfig sit = parse(LEAST + "init: {sit: a.pt}\n").init();
        assertThat(sit.file()).isEqualTo("a.pt");
        assertThat(sit.warmStart()).isEqualTo(InitConfig.SCRATCH.warmStart());
    }

    @Test
    void aSectionWhoseKeysAreAllComments_isLeftOut() {
        assertThat(parse(LEAST + "training:\n  # images: 100\nmodel:\n")).isEqualTo(parse(LEAST));
    }

    @Test
    void aSectionWithOneKey_keepsTheOtherDefaults() {
        ExperimentConfig config = parse(LEAST + "training: {learning_rate: {peak: 1e-3}}\n");

        assertThat(config.training().learningRate())
                .isEqualTo(new LearningRateConfig(1e-3, 50, 0.3, LearningRate.Decay.LINEAR));
        assertThat(config.training().batch()).isEqualTo(48);
    }

    @ParameterizedTest
    @CsvSource({"5e-3, 5e-3", "5E-3, 5e-3", ".5e-2, 5e-3", "+1e0, 1", "1e1, 10", "1.25e-1, 0.125"})
    void aNumberWithAnExponent_isANumberAsYamlSays(String written, double peak) {
        ExperimentConfig config = parse(LEAST + "training: {learning_rate: {peak: " + written + "}}\n");

        assertThat(config.training().learningRate().peak()).isEqualTo(peak);
    }

    @Test
    void aNumberAlone_isThePeakOfTheRate_andTheDecayOfTheAverage() {
        TrainingConfig plain = parse(LEAST).training();
        String numbers = LEAST + "training: {learning_rate: 1e-4, ema: 0.5}\n";

        TrainingConfig training = parse(numbers).training();

        assertThat(training.learningRate().peak()).isEqualTo(1e-4);
        assertThat(training.learningRate().warmupSteps())
                .isEqualTo(plain.learningRate().warmupSteps());
        assertThat(training.ema().decay()).isEqualTo(0.5);
        String mappings = LEAST + "training: {learning_rate: {peak: 3, warmup_steps: 7}, ema: {decay: 0.5}}\n";
        assertThat(ConfigReader.parse("a", mappings, List.of("training.learning_rate=1e-4")))
                .isEqualTo(ConfigReader.parse("a", mappings, List.of("training.learning_rate.peak=1e-4")));
        assertThat(ConfigReader.parse("a", mappings, List.of("training={learning_rate: 1e-4}")))
                .isEqualTo(ConfigReader.parse("a", mappings, List.of("training.learning_rate.peak=1e-4")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "'2'", "2x2"})
    void aSide_isASquarePatch(String written) {
        String yaml = "name: a\nschedules: [{name: own, levels: [{patch: " + written + ", start: 0, end: 1}]}]\n";

        assertThat(parse(yaml).schedules().get(0).finestPatch()).isEqualTo(new PatchSize(2, 2));
    }

    @Test
    void aWholeNumberWithAnExponent_isTakenExactly_alsoOnTheCommandLine() {
        ExperimentConfig config = ConfigReader.parse(
                "x.yaml",
                LEAST + "seed: 9.007199254740993e15\n",
                List.of("training.images=9.6e4", "training.keep=2e0"));

        assertThat(config.seed()).isEqualTo(9_007_199_254_740_993L);
        assertThat(config.training().images()).isEqualTo(96_000);
        assertThat(config.training().keep()).isEqualTo(2);
    }

    @Test
    void writtenAndRead_isTheSameRecord() {
        ExperimentConfig config = parse("""
                name: "007"
                seed: 12345678901
                schedules:
                - ppf-3
                - name: own
                  levels:
                  - {patch: 8x4, start: 0, end: 0.25}
                  - {patch: 4x4, start: 0.25, end: 0.5}
                  - {patch: 2x2, start: 0.5, end: 1}
                sampling: {guidance: [1, 2.5, 3], guidance_channels: 3, solver: euler}
                runtime: {precision: bf16}
                """);

        String yaml = ConfigReader.toYaml(config);

        assertThat(ConfigReader.parse("written.yaml", yaml, List.of())).isEqualTo(config);
        assertThat(yaml).contains("name: \"007\"").contains("ppf-3").contains("patch: 8x4");
    }

    @Test
    void pyramidOfOnesOwn_isWrittenAndReadWithItsKind() {
        ExperimentConfig config = parse("""
                name: a
                schedules:
                - pyramid
                - name: late
                  representation: pyramid-renoised
                  levels: [{patch: 4x4, start: 0, end: 0.75}, {patch: 2x2, start: 0.75, end: 1}]
                - name: patches
                  levels: [{patch: 4x4, start: 0, end: 0.75}, {patch: 2x2, start: 0.75, end: 1}]
                """);

        String yaml = ConfigReader.toYaml(config);

        assertThat(ConfigReader.parse("written.yaml", yaml, List.of())).isEqualTo(config);
        assertThat(config.schedules().get(1).representation()).isEqualTo(Representation.PYRAMID_RENOISED);
        // What is the default is not written: configs of older runs stay the same text.
        assertThat(yaml).containsOnlyOnce("representation:");
    }

    @Test
    void theQuickstart_isWhatTheDefaultsSay() throws IOException {
        ExperimentConfig config = ConfigReader.read(Path.of("../../configs/quickstart.yaml"), List.of());

        assertThat(config).isEqualTo(parse("name: quickstart\nschedules: [sit, ppf-2]\nsampling: {batch: 50}"));
    }

    @Test
    void aNetworkOfScores_isReadWithItsDefaults_andWrittenInFull() {
        ExperimentConfig config = parse(LEAST + """
                data: {source: "latents:x", latent: 4x32x32, classes: 1000}
                evaluation: {network: x.pb, reference: r.npz}
                """);

        assertThat(config.evaluation())
                .isEqualTo(new EvaluationConfig(
                        "x.pb", "r.npz", List.of(EvaluationConfig.Protocol.ADM, EvaluationConfig.Protocol.EXACT), 3));
        assertThat(parse(ConfigReader.toYaml(config))).isEqualTo(config);
        assertThat(parse(LEAST).evaluation().byNetwork()).isFalse();
    }

    @Test
    void pictureFiles_areInColour_andHaveTheirOwnClasses() {
        ExperimentConfig config = parse(LEAST + """
                data: {source: "pictures:cats", size: 64, classes: 3}
                """);

        assertThat(config.data().files()).contains(Path.of("cats"));
        assertThat(config.data().latentShape()).isEqualTo(new LatentShape(12, 32, 32));
        assertThat(config.byClassifier()).isTrue();
        assertThat(config.data().mirror()).isTrue();
        assertThat(parse(ConfigReader.toYaml(config))).isEqualTo(config);
        assertThat(EffectiveKeys.yaml(config)).contains("classes: 3").doesNotContain("latent:");
    }

    @Test
    void overrides_areAppliedBeforeBinding() throws IOException {
        ExperimentConfig config = ConfigReader.parse(
                "a.yaml",
                LEAST,
                List.of(
                        "model.depth=2",
                        "schedules[1].levels[0].end=0.4",
                        "schedules[1].levels[1].start=0.4",
                        "schedules[0]=ppf-3",
                        "training={batch: 20, images: 80}",
                        "sampling.guidance=[3]",
                        "training.betas[1]=0.95"));

        assertThat(config.model().depth()).isEqualTo(2);
        assertThat(config.schedules().get(0)).isEqualTo(LevelSchedule.PPF_3);
        assertThat(config.schedules().get(1).level(0)).isEqualTo(new PatchLevel(new PatchSize(4, 4), 0, 0.4));
        assertThat(config.training().batch()).isEqualTo(20);
        assertThat(config.training().keep()).isEqualTo(Defaults.TRAINING.keep());
        assertThat(config.training().betas()).containsExactly(0.9, 0.95);
    }

    @Test
    void aSchedule_mayBeItsLevelsInOneText_andStandAlone() {
        LevelSchedule halves = new LevelSchedule(
                "8x8-0.25-4x4-0.5-2x2",
                List.of(
                        new PatchLevel(new PatchSize(8, 8), 0, 0.25),
                        new PatchLevel(new PatchSize(4, 4), 0.25, 0.5),
                        new PatchLevel(new PatchSize(2, 2), 0.5, 1)));

        ExperimentConfig alone = parse("name: a\nschedules: 8:0.25,4:0.5,2\n");
        ExperimentConfig listed = parse("name: a\nschedules: [sit, '8x8:0.25, 4x4:0.5, 2x2']\n");
        ExperimentConfig overridden =
                ConfigReader.parse("a.yaml", LEAST, List.of("schedules=ppf-3", "schedules[1]=8x8:0.25,4x4:0.5,2x2"));

        assertThat(alone.schedules()).containsExactly(halves);
        assertThat(listed.schedules()).containsExactly(LevelSchedule.SIT, halves);
        assertThat(overridden.schedules()).containsExactly(LevelSchedule.PPF_3, halves);
        assertThat(parse(ConfigReader.toYaml(listed))).isEqualTo(listed);
    }

    @Test
    void guidance_isOneForAllLevelsOrOneALevel() {
        SamplingConfig one = Defaults.SAMPLING;
        SamplingConfig two = new SamplingConfig(
                1,
                "heun",
                1,
                List.of(1.5, 3.5),
                new GuidanceChannels(3),
                List.of(0.0, 1.0),
                Boundary.HALF_OPEN,
                1,
                false,
                SdeConfig.NONE,
                1);

        assertThat(one.guidanceFor(LevelSchedule.PPF_3)).containsExactly(2.0, 2.0, 2.0);
        assertThat(two.guidanceFor(LevelSchedule.PPF_2)).containsExactly(1.5, 3.5);
        assertThat(two.guidanceChannels().count(4)).isEqualTo(3);
        assertThat(GuidanceChannels.ALL.count(4)).isEqualTo(4);
    }

    private static ExperimentConfig parse(String yaml) {
        return ConfigReader.parse("a.yaml", yaml, List.of());
    }
}
