/**
 * Searches over how samples of one model are drawn, and what came out of them: pure, given a function from a candidate to its value. Depends on sealed
 * files ({@code record}) and on the Pareto front of figures; knows nothing of models.
 */
@NullMarked
package org.ppflow.app.sweep;

import org.jspecify.annotations.NullMarked;
