package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.record.ConfigIdentity;
import org.ppflow.app.record.ExperimentRecord;
import org.ppflow.app.record.RecordFile;
import org.ppflow.app.run.RunFolder;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.provenance.Code;
import org.ppflow.nn.provenance.Machine;
import org.ppflow.nn.provenance.Provenance;
import org.ppflow.nn.provenance.Toolkit;

/**
 * Writes the record of each model, and its first samples as a grid. One that is there and says the same is left as it is.
 *
 * @param run folder of the experiment
 * @param data for its hash
 * @param sampling for the samples
 * @param target what the records are of
 */
record RecordStage(RunFolder run, DataStage data, SamplingStage sampling, RecordTarget target) {
    private static final String UNKNOWN = "unknown";

    /** Writes what is new. */
    void write(List<ModelResult> results) throws IOException {
        for (ModelResult result : results) {
            write(result);
        }
    }

    private void write(ModelResult result) throws IOException {
        ExperimentRecord plain = record(result);
        Path file = target.folder().resolve(plain.fileName() + RecordFile.SUFFIX);
        Path pictures = target.folder().resolve(plain.fileName() + ".png");
        if (Files.exists(file) && Files.exists(pictures) && says(file, plain)) {
            return;
        }
        SampleGrid grid = sampling.grid(result.plan());
        AtomicFiles.write(pictures, out -> out.write(grid.png()));
        RecordFile.write(
                target.folder(),
                plain.withPictures(new ExperimentRecord.Pictures(
                        String.valueOf(pictures.getFileName()), Sha256.of(grid.png()), grid.rows(), grid.columns())));
    }

    /** Whether a record on disk is of the same numbers; when and by which code they were made does not matter. */
    private static boolean says(Path file, ExperimentRecord record) throws IOException {
        try {
            ExperimentRecord known = RecordFile.read(file);
            return known.configSha256().equals(record.configSha256())
                    && known.dataSha256().equals(record.dataSha256())
                    && known.samplesSha256().equals(record.samplesSha256())
                    && known.metrics().equals(record.metrics());
        } catch (BadInputException e) {
            return false;
        }
    }

    /** Without its pictures. */
    private ExperimentRecord record(ModelResult result) throws IOException {
        ModelPlan plan = result.plan();
        ExperimentConfig config = target.config().withSchedule(plan.schedule());
        Optional<Provenance> provenance = RunFolder.provenance(run.path());
        RunCodes codes = new RunCodes(run.path());
        Path samples = run.resolve(plan.folder()).resolve("samples/samples.npz");
        double image = plan.flops().trainingImage(plan.schedule());
        return new ExperimentRecord(
                target.experiment(),
                target.row(),
                target.point(),
                plan.name(),
                ConfigIdentity.of(config, target.start()),
                ConfigReader.toTree(config),
                target.start().map(ConfigReader::toTree).orElse(null),
                data.picturesHash(),
                Sha256.of(samples),
                new ExperimentRecord.Cost(
                        result.training().images(),
                        result.training().parameters(),
                        image * result.training().images(),
                        result.sampling().samples(),
                        result.sampling().nfe(),
                        result.sampling().evaluations(),
                        result.sampling().flops()),
                RecordedMetrics.of(result.evaluation()),
                null,
                codes.trainedBy(plan)
                        .map(Code::toolkit)
                        .or(() -> provenance.map(Provenance::toolkit))
                        .orElse(new Toolkit(UNKNOWN, null)),
                codes.of(plan),
                new ExperimentRecord.Measured(
                        result.training().seconds(),
                        result.sampling().seconds(),
                        result.sampling().drawn(),
                        provenance.map(Provenance::device).orElse(UNKNOWN),
                        provenance.map(Provenance::machine).orElseGet(Machine::current),
                        Instant.now().truncatedTo(ChronoUnit.SECONDS)));
    }
}
