/**
 * What is scored: sources of pictures, streamed in batches, from arrays, archives, folders and data sets. Depends on the rooms {@code nn} and {@code data} only.
 */
@NullMarked
package org.ppflow.eval.images;

import org.jspecify.annotations.NullMarked;
