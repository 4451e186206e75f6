/**
 * The arithmetic of metrics on features and probabilities: moments, Fréchet distance, Inception Score, kernel distance, their
 * intervals, label agreement. Knows neither pictures nor networks. Depends on arrays, rows and linear algebra.
 */
@NullMarked
package org.ppflow.eval.statistics;

import org.jspecify.annotations.NullMarked;
