/** Commands that measure: {@code bench sample}. */
@NullMarked
package org.ppflow.app.command.bench;

import org.jspecify.annotations.NullMarked;
