/**
 * Reads data sets: rows by number, and the batches of a training step as a pure function of (seed, step). May use
 * {@code data.arrow}, {@code data.codec}, {@code nn.array}, {@code nn.errors}, {@code nn.files} and {@code nn.random}.
 */
@NullMarked
package org.ppflow.data.loader;

import org.jspecify.annotations.NullMarked;
