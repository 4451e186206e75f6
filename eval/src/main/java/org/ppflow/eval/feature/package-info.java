/**
 * Networks that turn pictures into features and class probabilities. Depends on {@code images} and {@code nn}.
 */
@NullMarked
package org.ppflow.eval.feature;

import org.jspecify.annotations.NullMarked;
