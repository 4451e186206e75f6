/**
 * How pictures become latents and latents pictures. Depends on {@code picture} and {@code nn.array}.
 */
@NullMarked
package org.ppflow.data.codec;

import org.jspecify.annotations.NullMarked;
