/**
 * One self-contained page for an experiment. What is shown is a plain record, apart from how it was computed. Depends on
 * {@code table}.
 */
@NullMarked
package org.ppflow.app.report;

import org.jspecify.annotations.NullMarked;
