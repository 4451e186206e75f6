/**
 * How long work looks on a screen. Depends on {@code nn.progress}.
 */
@NullMarked
package org.ppflow.app.console;

import org.jspecify.annotations.NullMarked;
