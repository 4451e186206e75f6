package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.console.Program;
import org.ppflow.app.report.PictureGrid;
import org.ppflow.app.run.RunFolder;
import org.ppflow.app.run.StepFiles;
import org.ppflow.app.table.Table;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.data.source.LabelledPictures;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.Sha256;

/**
 * Writes {@code report.html} and the grids of samples and of real pictures.
 *
 * @param config of the experiment
 * @param run its folder
 * @param data for the grid of real pictures, where there are some
 * @param sampling for the samples
 */
record ReportStage(ExperimentConfig config, RunFolder run, DataStage data, SamplingStage sampling) {
    static final String REPORT = "report.html";

    /** All models' samples from the same noise, side by side. */
    private static final String SAMPLES = "samples.png";

    private static final int ZOOM = 2;

    /** Changes when the page is made otherwise, so that finished runs get the new one. */
    private static final int VERSION = 5;

    /** Writes the page, unless one of the same figures is there. */
    void write(List<ModelResult> results, Table table) throws IOException {
        List<Object> inputs = new ArrayList<>(List.of(VERSION, table.toJson(), config.report()));
        for (ModelResult result : results) {
            Path folder = run.resolve(result.plan().folder());
            inputs.add(Sha256.of(folder.resolve("samples/samples.npz")));
            Path metrics = folder.resolve("metrics.jsonl");
            inputs.add(Files.exists(metrics) ? Sha256.of(metrics) : "no metrics");
            inputs.add(run.record(PanelStage.step(result.plan()))
                    .map(record -> record.outputs().toString())
                    .orElse("no panel"));
        }
        run.step("report", StageJson.hash(inputs), StepFiles.of(REPORT, SAMPLES), () -> {
            List<byte[]> grids = new ArrayList<>();
            for (ModelResult result : results) {
                grids.add(sampling.grid(result.plan()).png());
            }
            byte[] comparison = PictureGrid.beside(grids, ZOOM);
            AtomicFiles.write(run.resolve(SAMPLES), out -> out.write(comparison));
            if (config.data().encoded().isEmpty()) {
                Optional<byte[]> real = real();
                if (real.isPresent()) {
                    AtomicFiles.write(run.resolve(RunReading.REAL), out -> out.write(real.get()));
                }
            }
            AtomicFiles.writeText(
                    run.resolve(REPORT),
                    ReportPage.of(
                            List.of(new RunReading(run.path(), config)),
                            Program.lineForLater(
                                    List.of("report", run.path().toString()),
                                    !run.path().isAbsolute())));
        });
    }

    /** The first real pictures of each class that the grids of samples show, a class a row; nothing where the reference has none of them. */
    private Optional<byte[]> real() throws IOException {
        int columns = SampleGrid.columns(config.data().size());
        int rows = Math.min(config.data().classes(), columns);
        LabelledPictures shown = data.shown(columns, rows);
        PictureBatch real = shown.pictures();
        return real.count() == 0
                ? Optional.empty()
                : Optional.of(PictureGrid.byClass(
                        real.pixels(), shown.labels(), real.height(), real.width(), real.channels(), rows, columns));
    }
}
