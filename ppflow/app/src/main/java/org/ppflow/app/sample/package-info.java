/**
 * Drawing many samples to disk: parts that survive a kill, the files they become, the ledger that goes beside them. Depends on
 * {@code app.run}, {@code flow.sampling}, {@code eval.images}, {@code data} and {@code nn}.
 */
@NullMarked
package org.ppflow.app.sample;

import org.jspecify.annotations.NullMarked;
