/**
 * Encodes a selection of pictures into a data set on disk, once; killed and started again it goes on. May use all other
 * packages of this room, {@code nn.files}, {@code nn.progress} and {@code nn.provenance}.
 */
@NullMarked
package org.ppflow.data.encode;

import org.jspecify.annotations.NullMarked;
