/** Commands that measure: {@code bench encode}, {@code evaluate}, {@code loader}, {@code sample} and {@code train}. */
@NullMarked
package org.ppflow.app.command.bench;

import org.jspecify.annotations.NullMarked;
