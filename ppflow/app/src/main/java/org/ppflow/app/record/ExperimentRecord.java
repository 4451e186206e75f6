package org.ppflow.app.record;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.provenance.Code;
import org.ppflow.nn.provenance.GitState;
import org.ppflow.nn.provenance.Machine;
import org.ppflow.nn.provenance.Toolkit;
import tools.jackson.databind.JsonNode;

/**
 * One finished experiment of one model.
 *
 * @param experiment name of its config or grid
 * @param row name of the grid's changes, empty for a config alone
 * @param point value of every axis of the grid, by path
 * @param schedule of the model
 * @param configSha256 {@link ConfigIdentity} of the config, by the code that wrote this
 * @param config resolved, with this schedule alone
 * @param start config of the experiment whose weights training started from; null where it was none of ours
 * @param dataSha256 of the pictures or latents
 * @param samplesSha256 of the file of samples
 * @param cost what it takes, by counting
 * @param metrics by name: of the protocol {@code adm} where it ran, with those of {@code exact} beside it as {@code exact_fid} and so on; else of the only one
 * @param pictures samples to look at; null where there are none
 * @param code that trained, the last where there were several
 * @param codes all states of the code that worked on data, training, samples and scores, with what tells them apart; none in records of versions that did not look
 * @param measured what depends on the machine
 */
public record ExperimentRecord(
        String experiment,
        String row,
        Map<String, String> point,
        String schedule,
        String configSha256,
        JsonNode config,
        @Nullable JsonNode start,
        String dataSha256,
        String samplesSha256,
        Cost cost,
        Map<String, Double> metrics,
        @Nullable Pictures pictures,
        Toolkit code,
        List<Code> codes,
        Measured measured) {
    /**
     * By counting.
     *
     * @param trainingImages images seen
     * @param parameters trained
     * @param trainingFlops of all steps, blocks only, three passes an image
     * @param samples drawn
     * @param nfe evaluations of one sample
     * @param evaluations of them at each level
     * @param sampleFlops of one sample, blocks only, guidance counted
     */
    public record Cost(
            long trainingImages,
            long parameters,
            double trainingFlops,
            int samples,
            double nfe,
            List<Double> evaluations,
            double sampleFlops) {
        public Cost {
            evaluations = List.copyOf(evaluations);
        }
    }

    /**
     * A grid of samples beside the record, a class a row, the same places from the same noise.
     *
     * @param file its name, PNG
     * @param sha256 of its bytes
     * @param rows of the grid
     * @param columns of the grid
     */
    public record Pictures(String file, String sha256, int rows, int columns) {}

    /**
     * What another machine would measure otherwise.
     *
     * @param trainingSeconds in steps
     * @param samplingSeconds in solver and network
     * @param samplesTimed of that time, padding included
     * @param device what computed
     * @param machine that it was done on
     * @param finishedAt UTC, whole seconds
     */
    public record Measured(
            double trainingSeconds,
            double samplingSeconds,
            int samplesTimed,
            String device,
            Machine machine,
            Instant finishedAt) {}

    public ExperimentRecord {
        codes = List.copyOf(codes);
        point = Collections.unmodifiableMap(new LinkedHashMap<>(point));
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        metrics.forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("metric " + name + " is " + value);
            }
        });
    }

    /** The same with a grid of samples. */
    public ExperimentRecord withPictures(Pictures grid) {
        return new ExperimentRecord(
                experiment,
                row,
                point,
                schedule,
                configSha256,
                config,
                start,
                dataSha256,
                samplesSha256,
                cost,
                metrics,
                grid,
                code,
                codes,
                measured);
    }

    /** Of everything random in it. */
    public long seed() {
        return config.path("seed").asLong();
    }

    /** Name of its file, without what it ends in: {@code mnist-table1.ppf-2-11m.seed-0.ppf-2}. */
    public String fileName() {
        StringBuilder name = new StringBuilder(experiment);
        if (!row.isEmpty()) {
            name.append('.').append(row.replace("+", "plus-"));
        }
        point.forEach((path, value) -> name.append('.')
                .append(path.substring(path.lastIndexOf('.') + 1))
                .append('-')
                .append(value));
        return name.append('.')
                .append(schedule)
                .toString()
                .toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^a-z0-9._-]+", "-");
    }

    /** For people: {@code mnist-table1, PPF-2 11M, seed 0}. */
    public String title() {
        StringBuilder text = new StringBuilder(experiment);
        if (!row.isEmpty()) {
            text.append(", ").append(row);
        }
        point.forEach((path, value) -> text.append(", ")
                .append(path.substring(path.lastIndexOf('.') + 1))
                .append(' ')
                .append(value));
        return text.toString();
    }

    /** Short commit of the code, {@code unknown} where it was not built in a checkout; with a plus where files differed from it; of several states of the code all, with commas between. */
    public String commit() {
        if (codes.isEmpty()) {
            return commit(code);
        }
        List<String> commits =
                codes.stream().map(state -> commit(state.toolkit())).distinct().toList();
        boolean hidden = commits.size() < codes.size();
        return String.join(", ", commits) + (hidden ? " (" + codes.size() + " states)" : "");
    }

    private static String commit(Toolkit toolkit) {
        GitState git = toolkit.git();
        if (git == null) {
            return "unknown";
        }
        return git.commit().substring(0, 12) + (Boolean.TRUE.equals(git.dirty()) ? "+" : "");
    }
}
