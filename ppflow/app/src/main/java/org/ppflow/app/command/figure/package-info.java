/** The command {@code figure}: a verb for each figure of the paper that is drawn. Depends on {@code app.figure}. */
@NullMarked
package org.ppflow.app.command.figure;

import org.jspecify.annotations.NullMarked;
