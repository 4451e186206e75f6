/**
 * What values look like in a notebook: tables, figures and pictures in the forms that a browser shows, progress that moves, and figures that are compared when a notebook is
 * executed again. Where it goes is a {@link org.ppflow.notebook.display.Screen}, which the kernel gives. Depends on {@code app.table} and {@code app.figure}.
 */
@NullMarked
package org.ppflow.notebook.display;

import org.jspecify.annotations.NullMarked;
