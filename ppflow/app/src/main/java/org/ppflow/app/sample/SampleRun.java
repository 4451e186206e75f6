package org.ppflow.app.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Set;
import org.ppflow.app.load.LoadWatch;
import org.ppflow.app.load.OtherLoad;
import org.ppflow.app.run.KeyDifference;
import org.ppflow.app.run.StopNotice;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.flow.sampling.LevelNetworks;
import org.ppflow.flow.sampling.SamplingLedger;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.provenance.Code;
import org.ppflow.nn.weights.TensorSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Draws samples batch by batch. Every finished batch is on disk, so a killed sampling redoes at most one; when all are there they become
 * the output in one step. In memory is one batch.
 */
public final class SampleRun {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final SampleJob job;
    private final Progress progress;
    private final int threads;
    private final Optional<Code> code;

    /**
     * A run of a job.
     *
     * @param threads that compute, 0 for one a core: what others take from them is watched
     * @param code that draws, to be kept beside the samples; empty where a run's steps keep it
     */
    public SampleRun(SampleJob job, Progress progress, int threads, Optional<Code> code) {
        this.job = job;
        this.progress = progress;
        this.threads = threads;
        this.code = code;
    }

    /**
     * What was drawn before, if the output is there already with these settings.
     *
     * @throws BadInputException if another output is there
     */
    public Optional<JsonNode> finished() throws IOException {
        if (!Files.exists(job.output())) {
            return Optional.empty();
        }
        if (job.overwrite()) {
            requireReplaceable();
            return Optional.empty();
        }
        String other =
                "something that no sampling left a record of, so that nobody can say whether it is of these settings";
        if (Files.exists(job.record())) {
            JsonNode known = JSON.readTree(Files.readString(job.record()));
            JsonNode settings = JSON.readTree(job.settings());
            if (settings.equals(known.get("settings"))) {
                // What was cut off or changed since is drawn again.
                return SampleOutput.contentHash(job)
                                .equals(known.path("content_sha256").asString(""))
                        ? Optional.of(known)
                        : Optional.empty();
            }
            other = "samples of other settings ("
                    + String.join("; ", KeyDifference.between(known.path("settings"), settings, Set.of())) + ")";
        } else if (new SampleParts(job.parts(), job.settings()).areThere()) {
            // Killed between the output and its record.
            return Optional.empty();
        } else if (job.format().folder() && isEmptyFolder()) {
            return Optional.empty();
        }
        throw BadInputException.at(job.output().toString())
                .found(other)
                .expected("a free name, or the finished output of the same sampling")
                .advice("choose another --output, or give --overwrite to replace it")
                .build();
    }

    /** A folder that is not of samples holds what nobody meant to lose. */
    private void requireReplaceable() throws IOException {
        boolean folder = Files.isDirectory(job.output());
        boolean samples = job.format().folder() && folder && SampleOutput.madeHere(job.output());
        if (folder != job.format().folder() || (folder && !samples)) {
            throw BadInputException.at("--overwrite " + job.output())
                    .found(folder ? "a folder that no sampling made" : "a file where a folder is to be")
                    .expected("samples to be replaced")
                    .advice("choose another --output")
                    .build();
        }
    }

    private boolean isEmptyFolder() throws IOException {
        if (!Files.isDirectory(job.output())) {
            return false;
        }
        try (var files = Files.list(job.output())) {
            return files.findAny().isEmpty();
        }
    }

    /** What stands beside the output. */
    public JsonNode record() throws IOException {
        return JSON.readTree(Files.readString(job.record()));
    }

    /**
     * Draws what is missing and writes the output.
     *
     * @param networks the model
     * @param guide the weaker model of autoguidance
     */
    public SampleResult draw(LevelNetworks networks, Optional<LevelNetworks> guide) throws IOException {
        SampleParts parts = new SampleParts(job.parts(), job.settings());
        parts.open(job.overwrite());
        Optional<SampleCodes> codes = code.isPresent() ? Optional.of(parts.drawnBy(code.get())) : Optional.empty();
        codes.flatMap(SampleCodes::mixed)
                .ifPresent(mixed -> progress.say("Caution: " + job.name() + ": " + mixed
                        + ", and their record says so. To keep them apart, stop this and choose another --output, or give"
                        + " --overwrite"));
        try (StopNotice notice = StopNotice.of(
                "ppflow: stopped; the batches that were finished are saved, and the same command goes on from there")) {
            return drawAndWrite(parts, codes, networks, guide);
        } finally {
            parts.removeIfDone();
        }
    }

    private SampleResult drawAndWrite(
            SampleParts parts, Optional<SampleCodes> codes, LevelNetworks networks, Optional<LevelNetworks> guide)
            throws IOException {
        int levels = job.cost().schedule().count();
        int guideLevels = guide.map(weak -> weak.schedule().count()).orElse(0);
        SampleCounts total = SampleCounts.none(levels, guideLevels);
        OtherLoad others = OtherLoad.NONE;
        long missing = 0;
        for (long batch = job.firstBatch(); batch < job.endBatch(); batch++) {
            Optional<SampleParts.Part> part = parts.read(batch);
            if (part.isPresent()) {
                total = total.plus(SampleCounts.ofArray(levels, part.get().counts()));
                others = others.plus(part.get().otherLoad());
            } else {
                missing++;
            }
        }
        BatchDrawing drawing = new BatchDrawing(job.sampler(), job.start(), networks, guide);
        long batch = job.sampler().batch();
        long done = Math.max(0, job.samples() - missing * batch);
        if (missing > 0) {
            if (done > 0) {
                progress.say(job.name() + ": goes on after " + done + " of " + job.samples() + " samples");
            }
            drawing.warmUp();
        }
        LoadWatch watch = LoadWatch.start(threads);
        try (Progress.Task task = progress.start(job.name(), job.samples(), done, "images")) {
            for (long index = job.firstBatch(); index < job.endBatch(); index++) {
                if (parts.read(index).isEmpty()) {
                    SampleParts.Part part = drawBatch(parts, index, drawing, watch);
                    total = total.plus(SampleCounts.ofArray(levels, part.counts()));
                    others = others.plus(part.otherLoad());
                    done = Math.min(job.samples(), done + batch);
                    task.advanceTo(done);
                }
            }
        }
        SamplingLedger ledger = new SamplingLedger(
                job.cost(),
                total.each(),
                job.guideCost().isPresent()
                        ? Optional.of(new SamplingLedger.Guide(job.guideCost().get(), total.guideEach()))
                        : Optional.empty());
        SampleResult result = new SampleResult(ledger, total.rows(), total.seconds(), others);
        SampleOutput.write(job, parts, hash -> {
            ObjectNode record = result.toJson(job);
            record.put("content_sha256", hash);
            codes.ifPresent(known -> known.putInto(record));
            return JSON.writeValueAsString(record) + "\n";
        });
        parts.done();
        return result;
    }

    private SampleParts.Part drawBatch(SampleParts parts, long index, BatchDrawing drawing, LoadWatch watch)
            throws IOException {
        int kept = job.kept(index);
        watch.lap(); // what came before is no sampling
        BatchDrawing.Drawn drawn = drawing.draw(index, kept);
        OtherLoad others = watch.lap();
        long[] keptLabels = new long[kept];
        for (int i = 0; i < kept; i++) {
            keptLabels[i] = drawn.labels()[i];
        }
        SampleParts.Part part = new SampleParts.Part(keptLabels, drawn.counts().toArray(), others);
        parts.write(index, values(drawn.latents().slice(0, kept)), part);
        return part;
    }

    private TensorSource values(FloatArray latents) {
        if (!job.pictures()) {
            return TensorSource.floats(SampleParts.VALUES, latents);
        }
        PictureBatch pictures = job.decoder().orElseThrow().decode(latents);
        return TensorSource.unsignedBytes(
                SampleParts.VALUES,
                new int[] {pictures.count(), pictures.height(), pictures.width(), pictures.channels()},
                pictures.pixels());
    }
}
