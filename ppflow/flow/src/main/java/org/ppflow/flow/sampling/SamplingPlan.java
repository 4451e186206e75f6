package org.ppflow.flow.sampling;

import java.util.Optional;
import org.ppflow.flow.level.Boundary;
import org.ppflow.flow.transport.Transport;

/**
 * How samples are drawn, whatever network and seed.
 *
 * @param method solver and times
 * @param transport path and prediction of the network
 * @param guidance scale of each level
 * @param boundary which level a time on a boundary belongs to
 */
public record SamplingPlan(SamplingMethod method, Transport transport, Guidance guidance, Boundary boundary) {
    /** The default transport and half-open levels. */
    public SamplingPlan(SamplingMethod method, Guidance guidance) {
        this(method, Transport.DEFAULT, guidance, Boundary.HALF_OPEN);
    }

    /**
     * Networks as this plan guides them.
     *
     * @param networks the model
     * @param guide a weaker model in place of the branch without class
     * @param counts told of evaluations of the model
     * @param guideCounts told of those of the guide
     */
    public GuidedNetworks guided(
            LevelNetworks networks,
            Optional<LevelNetworks> guide,
            EvaluationListener counts,
            EvaluationListener guideCounts) {
        Optional<GuidedNetworks> second = guide.map(weak -> new GuidedNetworks(
                weak, Guidance.uniform(1, weak.schedule().count()), boundary, Optional.empty(), guideCounts));
        return new GuidedNetworks(networks, guidance, boundary, second, counts);
    }
}
