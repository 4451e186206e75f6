/**
 * A small convolutional classifier that gives metrics their features where no published network fits the pictures: trained by
 * this toolkit, deterministically, on a run's own training pictures. What is computed from it is called
 * {@code classifier_…}, never FID. Depends on {@code images}, {@code feature}, {@code statistics} and the toolkit.
 */
@NullMarked
package org.ppflow.eval.classifier;

import org.jspecify.annotations.NullMarked;
