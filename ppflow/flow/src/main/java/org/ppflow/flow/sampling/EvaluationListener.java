package org.ppflow.flow.sampling;

/** Is told of every evaluation of the networks. */
@FunctionalInterface
public interface EvaluationListener {
    /** Does nothing. */
    EvaluationListener NONE = (level, guided, rows) -> {};

    /**
     * Some rows were evaluated once.
     *
     * @param level index from the coarsest
     * @param guided whether the second branch was run as well
     * @param rows how many
     */
    void evaluated(int level, boolean guided, int rows);
}
