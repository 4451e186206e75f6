/**
 * What a person types in a cell: runs, models, samplings and their samples, in few words. Thin: every word stands for a class of the rooms below, which can be used beside it. The
 * kernel imports this package, and the static methods of {@link org.ppflow.notebook.workbench.Cell}. Depends on {@code notebook.display} and the app.
 */
@NullMarked
package org.ppflow.notebook.workbench;

import org.jspecify.annotations.NullMarked;
