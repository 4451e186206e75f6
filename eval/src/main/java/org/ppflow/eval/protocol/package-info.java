/**
 * Protocols: which statistics are computed how, the report of an evaluation, and the evaluator that does everything once. Knows no particular network.
 * Depends on {@code extraction}, {@code preflight}, {@code reference}, {@code neighbours}, {@code statistics}, and what those are made of.
 */
@NullMarked
package org.ppflow.eval.protocol;

import org.jspecify.annotations.NullMarked;
