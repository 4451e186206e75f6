/**
 * Training: the plan of a batch, its random numbers, the static graph of a step, the loop, checkpoints and listeners. Depends
 * on {@code level}, {@code model}, {@code transport}, {@code nn} and the loader of {@code data}.
 */
@NullMarked
package org.ppflow.flow.training;

import org.jspecify.annotations.NullMarked;
