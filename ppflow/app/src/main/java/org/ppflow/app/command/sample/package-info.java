/** The commands {@code sample}, {@code likelihood} and {@code flops}, and the options they share. */
@NullMarked
package org.ppflow.app.command.sample;

import org.jspecify.annotations.NullMarked;
