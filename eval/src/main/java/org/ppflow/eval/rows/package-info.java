/**
 * Rows of numbers that metrics read, in memory or on disk, in pieces. Knows neither pictures nor networks. Depends on arrays.
 */
@NullMarked
package org.ppflow.eval.rows;

import org.jspecify.annotations.NullMarked;
