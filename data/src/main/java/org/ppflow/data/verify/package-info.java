/**
 * Whether a data set on disk is what its manifest says, and what is in it. May use {@code data.arrow}, {@code data.codec}, {@code nn.errors},
 * {@code nn.files} and {@code nn.progress}.
 */
@NullMarked
package org.ppflow.data.verify;

import org.jspecify.annotations.NullMarked;
