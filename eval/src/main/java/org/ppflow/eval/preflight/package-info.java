/**
 * What can be told of a set of pictures before a network runs: what it is, and what about it would make metrics wrong. Depends on {@code images} and
 * {@code cache}.
 */
@NullMarked
package org.ppflow.eval.preflight;

import org.jspecify.annotations.NullMarked;
