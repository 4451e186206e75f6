/**
 * Networks for other programs: TensorFlow SavedModels. Depends on {@code level}, {@code model} and {@code nn}.
 */
@NullMarked
package org.ppflow.flow.export;

import org.jspecify.annotations.NullMarked;
