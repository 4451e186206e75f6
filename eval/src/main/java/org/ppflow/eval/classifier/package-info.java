/**
 * A small classifier that the toolkit trains itself, as the feature network of data sets without Inception. Depends on {@code feature},
 * {@code images}, {@code nn} and the pictures of {@code data}.
 */
@NullMarked
package org.ppflow.eval.classifier;

import org.jspecify.annotations.NullMarked;
