/**
 * What was worked out before, on disk, under the hash of what it follows from. Several processes may share it. Depends on {@code nn.files}.
 */
@NullMarked
package org.ppflow.eval.cache;

import org.jspecify.annotations.NullMarked;
