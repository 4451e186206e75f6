/**
 * Patch levels: how a latent is cut at each time, and what that costs. Depends on {@code nn.errors} alone.
 */
@NullMarked
package org.ppflow.flow.level;

import org.jspecify.annotations.NullMarked;
