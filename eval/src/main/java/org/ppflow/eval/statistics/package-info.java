/**
 * The arithmetic of metrics on features and probabilities: moments, Fréchet distance, Inception Score, precision and recall,
 * label agreement. Knows neither pictures nor networks. Depends on arrays and EJML.
 */
@NullMarked
package org.ppflow.eval.statistics;

import org.jspecify.annotations.NullMarked;
