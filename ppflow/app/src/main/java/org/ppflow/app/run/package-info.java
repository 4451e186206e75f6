/**
 * Where runs lie, and the folder of one: its lock, config, provenance, log, the record of which steps are done and which code did them, and metrics
 * by step, also as TensorBoard's events. Depends on
 * the config records, {@code console} and the nn room; knows nothing of what the steps do.
 */
@NullMarked
package org.ppflow.app.run;

import org.jspecify.annotations.NullMarked;
