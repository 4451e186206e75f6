/**
 * What is scored: pictures as they come, from memory, files, or a sampler that makes them while they are asked for. Depends
 * on nothing; feature networks and protocols read from here, and a live sampler implements {@link
 * org.ppflow.eval.images.ImageSource} elsewhere.
 */
@NullMarked
package org.ppflow.eval.images;

import org.jspecify.annotations.NullMarked;
