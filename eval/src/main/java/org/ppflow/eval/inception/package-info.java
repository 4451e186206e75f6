/**
 * The Inception v3 network of 2015, which FID, sFID, Inception Score, precision and recall are defined by: its graph as it is, and the same
 * network built of layers. Depends on {@code feature}, {@code images}, {@code network} and {@code nn}.
 */
@NullMarked
package org.ppflow.eval.inception;

import org.jspecify.annotations.NullMarked;
