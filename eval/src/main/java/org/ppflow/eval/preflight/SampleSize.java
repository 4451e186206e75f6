package org.ppflow.eval.preflight;

import java.util.ArrayList;
import java.util.List;
import org.ppflow.eval.preflight.Finding.Code;

/** What the number of pictures alone does to metrics. */
public final class SampleSize {
    /** Pictures of published figures. */
    public static final int PUBLISHED = 50_000;

    /** The distance that published figures are; those of other networks' features have none to stand beside. */
    private static final String INCEPTIONS = "FID";

    private SampleSize() {}

    /**
     * Findings of a number of samples.
     *
     * @param name of the set
     * @param count of its pictures
     * @param distance what the Fréchet distance of the features is called: FID of Inception's alone
     * @param featureSize dimensions of the widest feature that a Fréchet distance is taken of
     * @param splitSize pictures of a chunk of the Inception Score; 0 where it is not taken over chunks
     */
    public static List<Finding> findings(String name, long count, String distance, int featureSize, int splitSize) {
        List<Finding> findings = new ArrayList<>(ofReference(name, count, distance, featureSize));
        boolean inception = distance.equals(INCEPTIONS);
        if (!inception || count != PUBLISHED) {
            findings.add(new Finding(
                    Code.COUNT,
                    Severity.NOTE,
                    name + ": " + count + " pictures"
                            + (inception ? ", published figures are of " + PUBLISHED + "; " : "; ") + distance
                            + " is the larger the fewer pictures there are, and precision and recall change too;"
                            + " compare with figures of as many, or look at the " + distance
                            + " of endless samples (evaluate --more fid-infinity)"));
        }
        if (splitSize > 0 && count % splitSize != 0) {
            long last = count % splitSize;
            findings.add(new Finding(
                    Code.SHORT_LAST_SPLIT,
                    count > splitSize ? Severity.WARNING : Severity.NOTE,
                    name + ": the last chunk of the Inception Score has " + last + " pictures instead of " + splitSize
                            + (count > splitSize
                                    ? ", counts as much as the others and is too small; take a multiple of " + splitSize
                                            + ", or the score over all pictures"
                                    : " and is the only one; the score is the smaller the fewer pictures there are;"
                                            + " compare with scores of as many")));
        }
        return List.copyOf(findings);
    }

    /** Findings of a number of reference pictures; see {@link #findings}. */
    public static List<Finding> ofReference(String name, long count, String distance, int featureSize) {
        if (count > featureSize) {
            return List.of();
        }
        return List.of(new Finding(
                Code.FEWER_THAN_DIMENSIONS,
                Severity.WARNING,
                name + ": " + count + " pictures for " + featureSize + " features; the covariance is singular, and"
                        + " digits of " + distance + " depend on how its root is taken; take more than " + featureSize
                        + " pictures, better " + PUBLISHED));
    }
}
