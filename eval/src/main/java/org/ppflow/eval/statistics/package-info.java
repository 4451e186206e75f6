/**
 * Distances and scores from features and probabilities. Depends on {@code nn.random} alone.
 */
@NullMarked
package org.ppflow.eval.statistics;

import org.jspecify.annotations.NullMarked;
