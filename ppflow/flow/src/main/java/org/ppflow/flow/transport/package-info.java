/**
 * Paths from noise to data, what a network predicts on them, how one prediction follows from another, and the diffusion of the SDE.
 * Depends on nothing.
 */
@NullMarked
package org.ppflow.flow.transport;

import org.jspecify.annotations.NullMarked;
