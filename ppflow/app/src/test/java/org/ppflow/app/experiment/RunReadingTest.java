package org.ppflow.app.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.console.ShellLine;
import org.ppflow.app.report.GuidancePanel;
import org.ppflow.app.report.LossPoint;
import org.ppflow.app.report.ModelReport;
import org.ppflow.app.report.Part;
import org.ppflow.app.report.PictureSheet;
import org.ppflow.app.report.RunReport;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.provenance.Provenance;

/** Runs that are under way, or damaged. Finished ones are read by the end-to-end tests. */
class RunReadingTest {
    /** What a line begins with that is read later, perhaps in another folder. */
    private static final String HERE =
            ShellLine.of("cd", Path.of("").toAbsolutePath().toString()) + " && ";

    @TempDir
    private Path runs;

    private Path run;

    @BeforeEach
    void makeRun() throws IOException {
        run = runs.resolve("half");
        Files.createDirectories(run.resolve("models/ppf-2/panel"));
        Files.writeString(
                run.resolve("config.yaml"), "name: half\nschedules: [ppf-2]\ntraining: {images: 960, batch: 48}\n");
    }

    @Test
    void aRunThatTrains_hasItsLossesSoFarAndSaysWhereItIs() throws IOException {
        Files.writeString(run.resolve("models/ppf-2/metrics.jsonl"), """
                {"step":1,"images":48,"loss":2.0,"loss_level0":3.0,"loss_level1":1.0}
                {"step":2,"images":96,"loss":1.0,"loss_level0":null,"loss_level1":0.5}
                {"step":3,"ima""");

        RunReport report = RunReading.open(run).read();

        assertThat(report.state()).isEqualTo("Not finished. ppf-2: has seen 96 of 960 images");
        ModelReport model = report.models().get(0);
        assertThat(model.losses()).extracting(ModelReport.Curve::name).containsExactly("all levels", "4x4", "2x2");
        assertThat(model.losses().get(0).points()).containsExactly(new LossPoint(48, 2), new LossPoint(96, 1));
        assertThat(model.losses().get(1).points()).containsExactly(new LossPoint(48, 3), new LossPoint(96, Double.NaN));
        assertThat(report.table()).isInstanceOf(Part.Missing.class);
        assertThat(report.provenance()).containsEntry("provenance", "provenance.json cannot be read");
        assertThat(report.changes()).extracting(RunReport.Change::path).containsExactly("training.images");
        assertThat(ReportPage.of(List.of(RunReading.open(run)), "ppflow report half"))
                .contains("Not finished. ppf-2: has seen 96 of 960 images");
    }

    @Test
    void theRemedy_namesTheFolderOfTheRuns() throws IOException {
        assertThat(missing(RunReading.open(run).read().real()).remedy())
                .isEqualTo(HERE + "bin/ppflow run " + run.resolve("config.yaml") + " --runs " + runs);
    }

    /** Its config would begin a run of its own name beside it. */
    @Test
    void aFolderThatWasCopiedOrRenamed_hasNoCommandThatGoesOn_andSaysWhy() throws IOException {
        Path copy = Files.move(run, runs.resolve("copy"));

        RunReport report = RunReading.open(copy).read();

        assertThat(report.commands())
                .extracting(RunReport.Command::line)
                .containsExactly(HERE + "bin/ppflow run " + copy.resolve("config.yaml") + " --runs " + runs
                        + " --set name=half-again");
        assertThat(missing(report.real()).remedy()).isEmpty();
        assertThat(report.warnings())
                .contains(
                        "this folder is not called half, as its run is: nothing goes on in it before it has that name");
        assertThat(ReportPage.of(List.of(RunReading.open(copy)), "ppflow report copy"))
                .contains("this folder is not called half");
    }

    /** run refuses them. */
    @Test
    void ofLatentsAlone_theRemedyIsToSample_andWhatScoresNeedIsNamed() throws IOException {
        RunReading latents = new RunReading(
                run,
                ConfigReader.parse(
                        "test.yaml",
                        "name: half\nschedules: [ppf-2]\ndata: {source: \"latents:own\", latent: 4x16x16, classes: 4}\n",
                        List.of()));

        RunReport report = latents.read();

        assertThat(report.commands())
                .extracting(RunReport.Command::line)
                .allMatch(line -> line.startsWith(HERE + "bin/ppflow sample " + run.resolve("config.yaml")));
        assertThat(missing(report.models().get(0).samples()).remedy()).startsWith(HERE + "bin/ppflow sample ");
        assertThat(missing(report.table()).reason()).contains("evaluation.network");
        assertThat(missing(report.table()).remedy()).isEmpty();
    }

    /** A report may be asked from within the folder of the runs. */
    @Test
    void theRemedy_ofAPathOfOneName_namesTheFolderItIsIn() throws IOException {
        RunReading inHere = new RunReading(Path.of("half"), RunReading.open(run).config());

        assertThat(missing(inHere.read().real()).remedy())
                .isEqualTo(HERE + "bin/ppflow run half/config.yaml --runs "
                        + Path.of("").toAbsolutePath());
    }

    @Test
    void doingItAgainBesideIt_staysInTheFolderOfTheRuns() throws IOException {
        assertThat(RunReading.open(run).read().commands())
                .extracting(RunReport.Command::line)
                .contains(HERE + "bin/ppflow run " + run.resolve("config.yaml") + " --runs " + runs
                        + " --set name=half-again");
    }

    @Test
    void whatWasTyped_isRepeatedInTheFolderItWasTypedIn() throws IOException {
        Provenance typed =
                Provenance.now("not used", "cpu", Map.of(), Map.of(), List.of("./ppflow", "run", "my config.yaml"));
        typed.writeTo(run.resolve("provenance.json"));

        assertThat(RunReading.open(run).read().commands())
                .contains(new RunReport.Command("What was typed", HERE + "./ppflow run 'my config.yaml'"));
    }

    @Test
    void whatWasTyped_underAnOlderVersion_beginsAsTheProgramIsStartedNow() throws IOException {
        Provenance now = Provenance.now("not used", "cpu", Map.of(), Map.of(), List.of());
        Provenance older = new Provenance(
                now.toolkit(),
                now.machine(),
                now.tensorflow(),
                now.device(),
                now.seeds(),
                now.dataHashes(),
                List.of("ppflow", "quickstart"),
                now.startedAt());
        older.writeTo(run.resolve("provenance.json"));

        assertThat(RunReading.open(run).read().commands())
                .contains(new RunReport.Command("What was typed", "bin/ppflow quickstart"));
    }

    /** One level all the way is a rectangle of a hundred percent. */
    @Test
    void aScheduleOfOneLevel_hasNoFigureOfItsLevels() throws IOException {
        Path sit = runs.resolve("sit");
        Files.createDirectories(sit);
        Files.writeString(sit.resolve("config.yaml"), "name: sit\nschedules: [sit]\n");

        assertThat(ReportPage.of(List.of(RunReading.open(sit)), "ppflow report"))
                .doesNotContain("id=\"figures\"");
        assertThat(ReportPage.of(List.of(RunReading.open(run)), "ppflow report"))
                .contains("id=\"figures\"", "ppf-2: 61.8 % of the FLOPs of 2×2 at every t");
    }

    @Test
    void aRunOfABusyMachine_saysSoInItsReport_andInOneOfSeveralRuns() throws IOException {
        RunReading busy = finished("busy", ", \"other_load\": {\"seconds\": 10.0, \"taken\": 4.5}");
        RunReading quiet = finished("quiet", ", \"other_load\": {\"seconds\": 10.0, \"taken\": 0.5}");

        assertThat(busy.read().warnings())
                .containsExactly(
                        "other programs used 45 % of the processors while ppf-2 trained: its images/s are probably too low",
                        "other programs used 45 % of the processors while ppf-2 was sampled: its samples/s are probably too low");
        assertThat(quiet.read().warnings()).isEmpty();
        assertThat(ReportPage.of(List.of(busy, quiet), "ppflow report"))
                .contains("Other programs used much of the processors while busy ran");
        assertThat(ReportPage.of(List.of(quiet), "ppflow report")).doesNotContain("ther programs used");
    }

    /** Figures of versions that did not watch. */
    @Test
    void aRunThatNobodyWatched_isReadWithoutACaution() throws IOException {
        RunReport report = finished("old", "").read();

        assertThat(report.state()).isEqualTo("Finished.");
        assertThat(report.table().present().orElseThrow().columns()).containsExactly("ppf-2");
        assertThat(report.warnings()).isEmpty();
    }

    /** A run scored by a network, whose table needs its figures alone. */
    private RunReading finished(String name, String otherLoad) throws IOException {
        Path folder = runs.resolve(name);
        Files.createDirectories(folder.resolve("models/ppf-2/samples"));
        Files.writeString(
                folder.resolve("config.yaml"),
                "name: " + name + "\nschedules: [ppf-2]\nevaluation: {network: net.pb, reference: real}\n"
                        + "data: {source: \"latents:own\", latent: 4x16x16, classes: 4, autoencoder: vae}\n");
        Files.writeString(
                folder.resolve("models/ppf-2/training.json"),
                "{\"images\": 96, \"steps\": 2, \"parameters\": 5, \"seconds\": 2.0" + otherLoad + "}");
        Files.writeString(
                folder.resolve("models/ppf-2/samples/sampling.json"),
                "{\"samples\": 4, \"network_batch\": 4, \"drawn\": 4, \"seconds\": 1.0, \"nfe\": 40.0,"
                        + " \"evaluations\": [19.0, 21.0], \"passes\": [38.0, 42.0], \"flops\": 4e8" + otherLoad + "}");
        Files.writeString(
                folder.resolve("models/ppf-2/evaluation.json"), "{\"protocols\": {\"exact\": {\"fid\": 12.5}}}");
        return RunReading.open(folder);
    }

    /** Cells of two grids may have the same name. */
    @Test
    void runsOfTheSameName_standOnOnePageByTheirFolders() throws IOException {
        Path other = runs.resolve("copy");
        Files.createDirectories(other);
        Files.copy(run.resolve("config.yaml"), other.resolve("config.yaml"));

        String page = ReportPage.of(List.of(RunReading.open(run), RunReading.open(other)), "ppflow report");

        assertThat(page).contains(">" + run + "</a>", ">" + other + "</a>");
    }

    @Test
    void aDamagedPanel_isMissingAndCostsNothingElse() throws IOException {
        Path panel = run.resolve("models/ppf-2/panel");
        Files.writeString(panel.resolve("panel.json"), """
                {"guidance": {"classes": ["0", "1"], "scales": ["1", "2"], "own": 1, "noises": 1, "blank": 0}, "way": null, "seconds": 1.5}""");
        Files.write(panel.resolve("guidance.png"), PictureSheet.png(new byte[4 * 4], 2, 2, 1, 2));
        ModelReport sound = RunReading.open(run).read().models().get(0);
        assertThat(sound.guidance().present())
                .map(GuidancePanel::classes)
                .hasValueSatisfying(names -> assertThat(names).containsExactly("0", "1"));
        assertThat(missing(sound.path()).reason()).isEqualTo("none was asked for: report.paths is 0");
        assertThat(missing(sound.path()).remedy()).endsWith(" --set report.paths=3");

        Files.write(panel.resolve("guidance.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G'});
        assertThat(missing(RunReading.open(run).read().models().get(0).guidance())
                        .reason())
                .isEqualTo("panel is damaged");
        Files.writeString(panel.resolve("panel.json"), "null");
        assertThat(missing(RunReading.open(run).read().models().get(0).guidance())
                        .reason())
                .isEqualTo("panel is damaged");
    }

    @Test
    void samplesThatAreCutOff_areMissing() throws IOException {
        Files.createDirectories(run.resolve("models/ppf-2/samples"));
        Files.write(run.resolve("models/ppf-2/samples/samples.npz"), new byte[] {'P', 'K', 3, 4});

        RunReport report = RunReading.open(run).read();

        assertThat(missing(report.models().get(0).samples()).reason()).isEqualTo("samples.npz cannot be read");
        assertThat(report.state()).contains("has samples, no scores yet");
    }

    @Test
    void aConfigThatIsNone_isRefusedWithItsPlace() throws IOException {
        Files.writeString(run.resolve("config.yaml"), "name: half\nschedules: [ppf-9]\n");

        assertThatThrownBy(() -> RunReading.open(run))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("config.yaml")
                .hasMessageContaining("ppf-9");
    }

    private static Part.Missing<?> missing(Part<?> part) {
        assertThat(part).isInstanceOf(Part.Missing.class);
        return (Part.Missing<?>) part;
    }
}
