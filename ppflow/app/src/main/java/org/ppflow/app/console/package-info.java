/**
 * What people see and type: progress on a screen, where results go, lines for a shell. Depends on {@code nn.progress}, {@code nn.errors} and {@code nn.files}.
 */
@NullMarked
package org.ppflow.app.console;

import org.jspecify.annotations.NullMarked;
