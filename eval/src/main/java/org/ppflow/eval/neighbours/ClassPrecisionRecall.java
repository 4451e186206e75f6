package org.ppflow.eval.neighbours;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Precision and recall of one class: the balls are those of all images, the shares are of the class.
 *
 * @param label the class
 * @param samples number of samples of the class
 * @param samplesInside how many of them are inside the ball of some reference image
 * @param references number of reference images of the class
 * @param referencesInside how many of them are inside the ball of some sample
 */
public record ClassPrecisionRecall(int label, int samples, int samplesInside, int references, int referencesInside) {
    public ClassPrecisionRecall {
        if (samplesInside < 0 || samplesInside > samples || referencesInside < 0 || referencesInside > references) {
            throw new IllegalArgumentException("class " + label + ": " + samplesInside + " of " + samples + ", "
                    + referencesInside + " of " + references);
        }
    }

    /**
     * Counts by class.
     *
     * @param sampleInside which samples count in precision
     * @param sampleLabels class of each sample; empty where unknown
     * @param referenceInside which reference images count in recall
     * @param referenceLabels class of each reference image; empty where unknown
     * @return every class that is there, by rising label
     */
    public static List<ClassPrecisionRecall> byClass(
            boolean[] sampleInside, int[] sampleLabels, boolean[] referenceInside, int[] referenceLabels) {
        TreeMap<Integer, int[]> counts = new TreeMap<>();
        count(sampleInside, sampleLabels, "samples", 0, counts);
        count(referenceInside, referenceLabels, "reference images", 2, counts);
        List<ClassPrecisionRecall> classes = new ArrayList<>(counts.size());
        counts.forEach((label, of) -> classes.add(new ClassPrecisionRecall(label, of[0], of[1], of[2], of[3])));
        return classes;
    }

    private static void count(boolean[] inside, int[] labels, String what, int place, TreeMap<Integer, int[]> counts) {
        if (labels.length != 0 && labels.length != inside.length) {
            throw new IllegalArgumentException(labels.length + " labels for " + inside.length + " " + what);
        }
        for (int i = 0; i < labels.length; i++) {
            int[] of = counts.computeIfAbsent(labels[i], label -> new int[4]);
            of[place]++;
            of[place + 1] += inside[i] ? 1 : 0;
        }
    }

    /** Share of the class's samples that are inside the ball of some reference image; NaN without samples. */
    public double precision() {
        return (double) samplesInside / samples;
    }

    /** Share of the class's reference images that are inside the ball of some sample; NaN without such images. */
    public double recall() {
        return (double) referencesInside / references;
    }
}
