/** {@code ppflow completion}: commands and options completed by the shell. Depends on the commands' package and on the schema of configs. */
@NullMarked
package org.ppflow.app.command.completion;

import org.jspecify.annotations.NullMarked;
