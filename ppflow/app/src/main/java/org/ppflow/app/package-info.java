/**
 * The program: {@link org.ppflow.app.Main} finds the commands and runs one. Depends on {@code org.ppflow.app.command} alone.
 */
@NullMarked
package org.ppflow.app;

import org.jspecify.annotations.NullMarked;
