/**
 * From pictures to rows of features: one pass of a network over a source, in parts that are kept on disk under a key of content and network. Depends on
 * {@code images}, {@code feature}, {@code rows}, {@code cache} and {@code data.arrow}.
 */
@NullMarked
package org.ppflow.eval.extraction;

import org.jspecify.annotations.NullMarked;
