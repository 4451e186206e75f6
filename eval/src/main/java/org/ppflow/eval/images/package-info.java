/**
 * What is scored: sources of pictures, streamed in batches. Depends on nothing.
 */
@NullMarked
package org.ppflow.eval.images;

import org.jspecify.annotations.NullMarked;
