/**
 * Tables that put records of experiments beside published numbers: what they are made of, how they are filled, how they are written. Depends on the records, the configs and the
 * counts of {@code flow}; knows nothing of how experiments run.
 */
@NullMarked
package org.ppflow.app.comparison;

import org.jspecify.annotations.NullMarked;
