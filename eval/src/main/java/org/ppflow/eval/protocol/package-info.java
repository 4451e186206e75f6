/**
 * From pictures and a network to a report: one pass for all metrics of a protocol, what is doubtful about the input, and the
 * JSON that others read. Depends on {@code images}, {@code feature} and {@code statistics}.
 */
@NullMarked
package org.ppflow.eval.protocol;

import org.jspecify.annotations.NullMarked;
