/**
 * Protocols: which statistics are computed how, and the report of an evaluation. Depends on all of eval.
 */
@NullMarked
package org.ppflow.eval.protocol;

import org.jspecify.annotations.NullMarked;
