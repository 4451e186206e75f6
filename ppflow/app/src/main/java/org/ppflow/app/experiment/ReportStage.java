package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.report.HtmlReport;
import org.ppflow.app.report.PictureGrid;
import org.ppflow.app.report.ReportModel;
import org.ppflow.app.run.MetricsLog;
import org.ppflow.app.run.RunFolder;
import org.ppflow.app.table.Table;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.flow.level.PatchLevel;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.provenance.GitState;
import org.ppflow.nn.provenance.Machine;
import org.ppflow.nn.provenance.Provenance;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Writes {@code report.html} and the grids of samples.
 *
 * @param config of the experiment
 * @param run its folder
 * @param data for the grid of real pictures, where there are some
 * @param training for the losses
 * @param sampling for the samples
 */
record ReportStage(
        ExperimentConfig config, RunFolder run, DataStage data, TrainingStage training, SamplingStage sampling) {
    static final String REPORT = "report.html";

    /** All models' samples from the same noise, side by side. */
    private static final String SAMPLES = "samples.png";

    private static final int COLUMNS = 10;
    private static final int ZOOM = 2;

    /** Writes the page, unless one of the same figures is there. */
    void write(List<ModelResult> results, Table table, List<ReportModel.Term> terms) throws IOException {
        List<String> hashes = new ArrayList<>(List.of(table.toJson()));
        for (ModelResult result : results) {
            hashes.add(Sha256.of(run.resolve(result.plan().folder()).resolve("samples/samples.npz")));
            Path metrics = training.metrics(result.plan());
            hashes.add(Files.exists(metrics) ? Sha256.of(metrics) : "no metrics");
        }
        run.step("report", StageJson.hash(hashes), List.of(REPORT, SAMPLES), () -> {
            AtomicFiles.writeText(run.resolve(REPORT), HtmlReport.render(model(results, table, terms)));
        });
    }

    private ReportModel model(List<ModelResult> results, Table table, List<ReportModel.Term> terms) throws IOException {
        List<ReportModel.Model> models = new ArrayList<>();
        TreeSet<String> warnings = new TreeSet<>();
        for (ModelResult result : results) {
            warnings.addAll(result.evaluation().preflight());
            ModelPlan plan = result.plan();
            models.add(new ReportModel.Model(
                    plan.name(), levels(plan), losses(plan), sampling.grid(plan).png()));
        }
        byte[] comparison = PictureGrid.beside(
                models.stream().map(ReportModel.Model::samples).toList(), ZOOM);
        AtomicFiles.write(run.resolve(SAMPLES), out -> out.write(comparison));
        return new ReportModel(
                table.title(),
                "bin/ppflow run " + run.path().resolve("config.yaml"),
                table,
                terms,
                models,
                real(),
                ConfigReader.toYaml(config),
                provenance(),
                List.copyOf(warnings));
    }

    /** The first real pictures of each class, a class a row; none where there are latents alone. */
    private Optional<byte[]> real() throws IOException {
        if (config.data().encoded().isPresent()) {
            return Optional.empty();
        }
        PictureBatch real = data.reference().pictures();
        return Optional.of(PictureGrid.byClass(
                real.pixels(),
                data.reference().labels(),
                real.height(),
                real.width(),
                real.channels(),
                config.data().classes(),
                COLUMNS));
    }

    private static List<ReportModel.Level> levels(ModelPlan plan) {
        List<ReportModel.Level> levels = new ArrayList<>();
        PatchLevel finest = plan.schedule().level(plan.schedule().count() - 1);
        for (int i = 0; i < plan.schedule().count(); i++) {
            PatchLevel level = plan.schedule().level(i);
            levels.add(new ReportModel.Level(
                    plan.schedule().describe(i),
                    level.start(),
                    level.end(),
                    level.patch()
                            .tokens(
                                    plan.description().config().height(),
                                    plan.description().config().width()),
                    plan.flops().blocks(level) / plan.flops().blocks(finest)));
        }
        return levels;
    }

    private List<ReportModel.Loss> losses(ModelPlan plan) throws IOException {
        List<ReportModel.Loss> losses = new ArrayList<>();
        for (JsonNode line : MetricsLog.read(training.metrics(plan))) {
            losses.add(new ReportModel.Loss(
                    line.path("images").asDouble(), line.path("loss").asDouble(Double.NaN)));
        }
        return losses;
    }

    private static Optional<Provenance> readProvenance(Path file) throws IOException {
        try {
            return Files.exists(file)
                    ? Optional.ofNullable(Provenance.fromJson(Files.readString(file)))
                    : Optional.empty();
        } catch (JacksonException | MalformedInputException | NullPointerException e) { // damaged since it was written
            return Optional.empty();
        }
    }

    private Map<String, String> provenance() throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        Path file = run.resolve(RunFolder.PROVENANCE);
        Optional<Provenance> read = readProvenance(file);
        if (read.isEmpty()) {
            entries.put("provenance", file.getFileName() + " cannot be read");
        } else {
            Provenance provenance = read.get();
            GitState git = provenance.toolkit().git();
            entries.put(
                    "toolkit",
                    provenance.toolkit().version()
                            + (git == null ? "" : ", commit " + git.commit())
                            + (git != null && Boolean.TRUE.equals(git.dirty()) ? ", with changes" : ""));
            Machine machine = provenance.machine();
            entries.put("machine", machine.processor() + ", " + machine.cores() + " cores, " + machine.os());
            entries.put("Java", machine.java());
            entries.put("TensorFlow", provenance.tensorflow() + ", " + provenance.device());
            entries.put("seeds", provenance.seeds().toString());
            entries.put("data", data.describe());
            entries.put("command", String.join(" ", provenance.commandLine()));
            entries.put("started", provenance.startedAt().toString());
        }
        return entries;
    }
}
