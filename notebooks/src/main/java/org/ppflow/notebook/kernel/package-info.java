/**
 * The Java kernel: Jupyter's messages on one side (jjava-jupyter speaks the protocol), JShell in the same process on the other, so that cells have the toolkit's classes, TensorFlow
 * and their values at hand. Knows nothing of what is shown beyond {@code notebook.display}.
 */
@NullMarked
package org.ppflow.notebook.kernel;

import org.jspecify.annotations.NullMarked;
