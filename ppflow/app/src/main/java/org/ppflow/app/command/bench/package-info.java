/** Commands that measure: {@code bench sample} and {@code bench train}. */
@NullMarked
package org.ppflow.app.command.bench;

import org.jspecify.annotations.NullMarked;
