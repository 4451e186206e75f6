/**
 * Running a graph: threads, precision, XLA, feeding and fetching with every native tensor owned, and
 * what a run costs. Depends on {@code array}
 * and {@code graph}.
 */
@NullMarked
package org.ppflow.nn.session;

import org.jspecify.annotations.NullMarked;
