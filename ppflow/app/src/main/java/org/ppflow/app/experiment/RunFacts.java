package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.run.RunFolder;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.sampling.SamplingMethod;
import org.ppflow.nn.provenance.Code;
import org.ppflow.nn.provenance.CodeDifference;
import org.ppflow.nn.provenance.GitState;
import org.ppflow.nn.provenance.Machine;
import org.ppflow.nn.provenance.Provenance;

/**
 * Where, by what and how a run was made, for its report.
 *
 * @param path of the run
 * @param config of it
 */
record RunFacts(Path path, ExperimentConfig config) {
    /** What was written when the run began; empty where that is gone or damaged. */
    Optional<Provenance> provenance() throws IOException {
        return RunFolder.provenance(path);
    }

    private String training() {
        return String.format(
                Locale.ROOT,
                "%,d images in batches of %d, learning rate up to %s",
                config.training().steps() * config.training().batch(),
                config.training().batch(),
                config.training().learningRate().peak());
    }

    /** What a reader asks of samples first. */
    private String sampling() {
        List<String> parts = new ArrayList<>();
        for (LevelSchedule schedule : config.schedules()) {
            ModelPlan plan = ModelPlan.of(config, schedule);
            SamplingMethod method = plan.sampler().plan().method();
            Scales scales = Scales.of(config, plan.schedule());
            parts.add(String.format(
                    Locale.ROOT,
                    "%,d by %s%s, guidance %s",
                    config.sampling().count(),
                    method.name(),
                    method.countable() ? " in " + config.sampling().steps() + " steps" : "",
                    scales.names().get(scales.own())));
        }
        return String.join("; ", parts.stream().distinct().toList()) + "; with the averaged weights "
                + config.training().ema().averages().get(0).name();
    }

    private static String commit(GitState git) {
        return git.commit() + (Boolean.TRUE.equals(git.dirty()) ? ", with changes" : "");
    }

    /** What was made by other code than the run was started by. */
    private void putOtherCode(Code first, Map<String, String> entries) throws IOException {
        for (LevelSchedule schedule : config.schedules()) {
            ModelPlan plan = ModelPlan.of(config, schedule);
            List<String> others = new RunCodes(path)
                    .of(plan).stream()
                            .filter(code -> !code.sameAs(first))
                            .map(code -> code.title() + new CodeDifference(List.of(first, code)).where())
                            .toList();
            if (!others.isEmpty()) {
                entries.put("other code for " + plan.name(), String.join(", ", others));
            }
        }
    }

    /** By name, in the order of the page. */
    Map<String, String> entries() throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        Optional<Provenance> read = provenance();
        if (read.isEmpty()) {
            entries.put("provenance", RunFolder.PROVENANCE + " cannot be read");
            return entries;
        }
        Provenance provenance = read.get();
        GitState git = provenance.toolkit().git();
        entries.put("toolkit", provenance.toolkit().version());
        entries.put("commit", git == null ? "unknown: not built in a checkout" : commit(git));
        putOtherCode(provenance.code(), entries);
        provenance.dataHashes().forEach((name, hash) -> entries.put("data, SHA-256", name + ", " + hash));
        provenance.seeds().forEach((name, seed) -> entries.put(name, Long.toString(seed)));
        provenance.extensions().forEach((title, hash) -> entries.put(title + ", SHA-256", hash));
        Machine machine = provenance.machine();
        entries.put("device", provenance.device());
        entries.put("machine", machine.processor() + ", " + machine.cores() + " cores, " + machine.os());
        entries.put("Java", machine.java());
        entries.put("TensorFlow", provenance.tensorflow());
        entries.put(
                "precision", config.runtime().precision() + (config.runtime().xla() ? ", XLA" : ""));
        entries.put("started", provenance.startedAt().toString());
        entries.put("training", training());
        entries.put("samples", sampling());
        return entries;
    }
}
