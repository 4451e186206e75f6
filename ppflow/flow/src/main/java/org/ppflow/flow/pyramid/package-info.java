/**
 * The pyramid representation that the paper compares with (its Table 3), as Pyramidal Flow has it (Jin et al. 2024, arXiv 2410.05954): stages on
 * smaller latents, what a stage is trained on, and the jump from one to the next. Depends on {@code level} and {@code nn.array}.
 */
@NullMarked
package org.ppflow.flow.pyramid;

import org.jspecify.annotations.NullMarked;
