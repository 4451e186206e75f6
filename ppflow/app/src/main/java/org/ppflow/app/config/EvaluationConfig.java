package org.ppflow.app.config;

/**
 * How samples are scored.
 *
 * @param nearestK neighbours that precision and recall look at, at least 1
 */
public record EvaluationConfig(int nearestK) {
    public EvaluationConfig {
        Check.atLeast("nearest_k", nearestK, 1);
    }
}
