package org.ppflow.app.config;

/**
 * Which rows are kept out of training as the reference: those whose index leaves {@code index} when divided by
 * {@code every}.
 *
 * @param every one row of so many is kept out, at least 2
 * @param index which of them, in [0, every)
 */
public record HoldoutConfig(int every, int index) {
    public HoldoutConfig {
        Check.atLeast("every", every, 2);
        Check.that(index >= 0 && index < every, "index", index + " must be in [0, " + every + "), below holdout.every");
    }
}
