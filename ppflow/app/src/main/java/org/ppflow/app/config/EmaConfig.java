package org.ppflow.app.config;

import java.util.ArrayList;
import java.util.List;
import org.ppflow.flow.training.WeightAverage;

/**
 * Moving averages of the weights.
 *
 * @param decay of the one that samples are drawn from, in [0, 1)
 * @param warmup whether early steps use min(decay, (s + 1) / (s + 10)), s counted from 0, in all averages with a decay
 * @param more decays of further averages, each in [0, 1) and different
 * @param profiles relative widths of power-function averages, each in [0.01, 0.28] and different; from snapshots of two of them
 *     {@code ppflow weights ema} makes widths about theirs afterwards, and says how far each is from the wanted one
 * @param snapshotEvery steps between two snapshots of the profiles, 0 for the last step alone; a multiple of checkpoint_every
 */
public record EmaConfig(double decay, boolean warmup, List<Double> more, List<Double> profiles, long snapshotEvery) {
    private static final double WIDEST = 0.28;

    public EmaConfig {
        Check.fraction("decay", decay);
        more = List.copyOf(more);
        profiles = List.copyOf(profiles);
        for (int i = 0; i < more.size(); i++) {
            Check.fraction("more[" + i + "]", more.get(i));
            Check.that(
                    more.get(i) != decay && more.indexOf(more.get(i)) == i,
                    "more[" + i + "]",
                    more.get(i) + " is there already");
        }
        for (int i = 0; i < profiles.size(); i++) {
            double width = profiles.get(i);
            Check.that(
                    width >= 0.01 && width <= WIDEST,
                    "profiles[" + i + "]",
                    width + " must be in [0.01, " + WIDEST + "]");
            Check.that(profiles.indexOf(profiles.get(i)) == i, "profiles[" + i + "]", width + " is there already");
        }
        Check.atLeast("snapshot_every", snapshotEvery, 0);
    }

    /** All of them, the one to sample from first. */
    public List<WeightAverage> averages() {
        List<WeightAverage> averages = new ArrayList<>(List.of(WeightAverage.exponential(decay, warmup)));
        more.forEach(one -> averages.add(WeightAverage.exponential(one, warmup)));
        profiles.forEach(width -> averages.add(WeightAverage.profile(width)));
        return averages;
    }
}
