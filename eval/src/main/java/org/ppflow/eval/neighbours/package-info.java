/**
 * Who is near whom among rows of features: precision and recall, density and coverage, nearest neighbours. Matrix products of tiles find the few
 * pairs that matter, and only those are computed to the last bit. Knows neither pictures nor networks. Depends on rows, and on TensorFlow for
 * products.
 */
@NullMarked
package org.ppflow.eval.neighbours;

import org.jspecify.annotations.NullMarked;
