/**
 * Networks that turn pictures into the features and class probabilities which metrics compare. Depends on {@code images}.
 */
@NullMarked
package org.ppflow.eval.feature;

import org.jspecify.annotations.NullMarked;
