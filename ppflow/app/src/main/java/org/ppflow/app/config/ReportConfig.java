package org.ppflow.app.config;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.HashSet;
import java.util.List;

/**
 * What is drawn for the report alone. It changes no other output of a run, so it does not count when two configs are compared.
 *
 * @param classes of which samples are drawn to click through, evenly chosen where there are more; 0 for none
 * @param noises that each of these classes is drawn from, the same for all: those of the run's first samples
 * @param guidance scales at which each is drawn, the same at all levels; the run's own guidance is added where it is not among them
 * @param paths samples whose way from noise to data is kept step by step; 0 for none
 * @param points of the way that are kept at most, the first and the last included
 */
public record ReportConfig(
        int classes,
        int noises,

        @JsonFormat(
                with = {
                    JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
                    JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED
                })
        List<Double> guidance,

        int paths,
        int points) {
    /** Pictures of samples, of one model. With {@link #MOST_PATHS} and {@link #MOST_POINTS} it bounds the size of a page. */
    private static final int MOST_SAMPLES = 400;

    private static final int MOST_PATHS = 10;
    private static final int MOST_POINTS = 41;
    private static final double MAX_SCALE = 100;

    public ReportConfig {
        guidance = List.copyOf(guidance);
        Check.atLeast("classes", classes, 0);
        Check.atLeast("noises", noises, 1);
        Check.that(!guidance.isEmpty(), "guidance", "[] must have a scale");
        for (int i = 0; i < guidance.size(); i++) {
            String key = guidance.size() == 1 ? "guidance" : "guidance[" + i + "]";
            Check.notNegative(key, guidance.get(i));
            Check.that(guidance.get(i) <= MAX_SCALE, key, guidance.get(i) + " must be at most " + MAX_SCALE);
        }
        Check.that(new HashSet<>(guidance).size() == guidance.size(), "guidance", guidance + " has a scale twice");
        long samples = (long) classes * noises * (guidance.size() + 1);
        Check.that(
                samples <= MOST_SAMPLES,
                "classes",
                classes + " classes from " + noises + " noises at " + (guidance.size() + 1)
                        + " scales, the run's own included, are " + samples + " samples; a page has at most "
                        + MOST_SAMPLES);
        Check.within("paths", paths, 0, MOST_PATHS);
        Check.within("points", points, 2, MOST_POINTS);
    }
}
