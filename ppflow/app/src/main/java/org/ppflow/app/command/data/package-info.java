/** Commands that make, check and exchange data sets: {@code data encode}, {@code info}, {@code verify}, {@code import}, {@code export}. */
@NullMarked
package org.ppflow.app.command.data;

import org.jspecify.annotations.NullMarked;
