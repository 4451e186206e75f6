package org.ppflow.app.report;

import java.util.Comparator;
import java.util.List;

/**
 * One colour for one patch size, whatever schedule has it: of all levels on a page, from coarse to fine. So the only level of a SiT looks like the last one of the PPFlow beside it.
 *
 * @param patches in the order of their colours, each once
 */
public record PatchColours(List<String> patches) {
    /** Colours that the page's styles and the figures have; more patch sizes begin again. */
    public static final int COUNT = 7;

    public PatchColours {
        patches = List.copyOf(patches);
    }

    /** Of the levels of all runs of a page: fewer tokens are coarser. */
    public static PatchColours of(List<RunReport> runs) {
        return new PatchColours(runs.stream()
                .flatMap(run -> run.models().stream())
                .flatMap(model -> model.levels().stream())
                .sorted(Comparator.comparingInt(ModelReport.Level::tokens).thenComparing(ModelReport.Level::patch))
                .map(ModelReport.Level::patch)
                .distinct()
                .toList());
    }

    /**
     * Number of a patch size's colour, from 0.
     *
     * @param patch {@code 4x4}, as levels of the page have it
     */
    public int of(String patch) {
        return Math.max(0, patches.indexOf(patch)) % COUNT;
    }
}
