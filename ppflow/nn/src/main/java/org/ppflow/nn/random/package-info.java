/**
 * Random numbers without hidden state: every draw is a pure function of (seed, purpose, row, step), so a run that is
 * resumed, batched differently or spread over machines draws the same numbers. Depends on nothing.
 */
@NullMarked
package org.ppflow.nn.random;

import org.jspecify.annotations.NullMarked;
