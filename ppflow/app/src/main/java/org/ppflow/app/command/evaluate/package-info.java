/** The command {@code evaluate}: scores of samples, their comparison with published rows, references. */
@NullMarked
package org.ppflow.app.command.evaluate;

import org.jspecify.annotations.NullMarked;
