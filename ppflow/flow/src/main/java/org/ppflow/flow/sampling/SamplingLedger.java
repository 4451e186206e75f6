package org.ppflow.flow.sampling;

import java.util.List;
import java.util.Optional;
import org.ppflow.flow.level.PatchLevel;
import org.ppflow.nn.array.FloatArray;

/**
 * What sampling one image costs. The column {@code blocks} is the paper's way of counting: the transformer's blocks, each level weighed by
 * its length in t, both branches of guidance everywhere. The column {@code all} has every matrix product of the evaluations that
 * really run. Shares are of SiT: the same network with its finest patches all the time, as many evaluations, both branches everywhere if
 * any is guided.
 *
 * @param cost of a pass of the model
 * @param counts evaluations of an image
 * @param guide the weaker model of autoguidance
 */
public record SamplingLedger(SamplingCost cost, EvaluationCounts counts, Optional<Guide> guide) {
    /**
     * The weaker model.
     *
     * @param cost of a pass
     * @param counts its evaluations
     */
    public record Guide(SamplingCost cost, EvaluationCounts counts) {}

    /** Without autoguidance. */
    public SamplingLedger(SamplingCost cost, EvaluationCounts counts) {
        this(cost, counts, Optional.empty());
    }

    /**
     * Counts by letting the plan run on nothing.
     *
     * @param guideCost of autoguidance
     * @throws IllegalArgumentException if the solver chooses its steps by itself
     */
    public static SamplingLedger count(SamplingCost cost, SamplingPlan plan, Optional<SamplingCost> guideCost) {
        if (!plan.method().countable()) {
            throw new IllegalArgumentException(plan.method().name() + " is counted while it runs");
        }
        EvaluationCounter counter = new EvaluationCounter(cost.schedule().count());
        EvaluationCounter guideCounter = new EvaluationCounter(
                guideCost.map(weak -> weak.schedule().count()).orElse(0));
        GuidedNetworks networks = plan.guided(
                new NoNetworks(cost.schedule()),
                guideCost.map(weak -> new NoNetworks(weak.schedule())),
                counter,
                guideCounter);
        NetworkField field = new NetworkField(networks, plan.transport(), new int[1]);
        plan.method().run(field, FloatArray.zeros(1, 1, 0, 0), (step, noise) -> {}, StepListener.NONE);
        return new SamplingLedger(cost, counter.each(1), guideCost.map(weak -> new Guide(weak, guideCounter.each(1))));
    }

    /** Number of function evaluations. */
    public double nfe() {
        return counts.nfe();
    }

    /** Passes of the model at each level. */
    public List<Double> passes() {
        return guide.isPresent() ? counts.evaluations() : counts.passes();
    }

    /** FLOPs of an image, every matrix product. */
    public double all() {
        return cost.all(passes())
                + guide.map(weak -> weak.cost.all(weak.counts.evaluations())).orElse(0.0);
    }

    /** FLOPs of an image, blocks by the levels' lengths. */
    public double blocks() {
        return nfe() * branches() * cost.flops().meanPass(cost.schedule());
    }

    /** FLOPs of an image, the blocks of the passes that really run. */
    public double blocksOfPasses() {
        return cost.blocks(passes())
                + guide.map(weak -> weak.cost.blocks(weak.counts.evaluations())).orElse(0.0);
    }

    /** {@link #blocks()} over SiT's. */
    public double blocksShare() {
        PatchLevel finest = new PatchLevel(cost.finest(), 0, 1);
        return cost.flops().meanPass(cost.schedule()) / cost.flops().blocks(finest);
    }

    /** {@link #all()} over SiT's. */
    public double allShare() {
        double pass = cost.flops().all(cost.finest());
        double second = !counts.isGuided()
                ? 0
                : guide.map(weak -> weak.cost.flops().all(weak.cost.finest())).orElse(pass);
        return all() / (nfe() * (pass + second));
    }

    private int branches() {
        return counts.isGuided() && guide.isEmpty() ? 2 : 1;
    }

    /** Networks that give back the nothing they are asked. */
    private record NoNetworks(org.ppflow.flow.level.LevelSchedule schedule) implements LevelNetworks {
        @Override
        public FloatArray output(int level, FloatArray x, float[] times, int[] labels) {
            return x;
        }

        @Override
        public Differentiated differentiate(
                int level, FloatArray x, float[] times, int[] labels, FloatArray cotangent) {
            return new Differentiated(x, cotangent);
        }

        @Override
        public int nullClass() {
            return 0;
        }
    }
}
