/**
 * {@code ppflow weights …}: state dicts listed, converted, warm-started, averaged and compared. Depends on the commands' package.
 */
@NullMarked
package org.ppflow.app.command.weights;

import org.jspecify.annotations.NullMarked;
