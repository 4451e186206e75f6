/** The command {@code sweep}: searches over how samples of a trained model are drawn. */
@NullMarked
package org.ppflow.app.command.sweep;

import org.jspecify.annotations.NullMarked;
