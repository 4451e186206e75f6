/**
 * {@code ppflow notebook}: makes the kernel known to Jupyter, executes notebooks, and is what Jupyter starts. Jupyter is the user's; nothing here installs it.
 */
@NullMarked
package org.ppflow.notebook.command;

import org.jspecify.annotations.NullMarked;
