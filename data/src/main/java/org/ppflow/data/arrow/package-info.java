/**
 * The data set on disk: Arrow IPC files, one a shard, and {@code manifest.json}. Written through Arrow, whose buffers are freed
 * before a method returns; read through memory maps, with the places of the buffers taken from the footer, so that reading
 * copies nothing and allocates no Arrow memory. May use {@code data.codec}, {@code data.source}, {@code nn.errors},
 * {@code nn.files} and {@code nn.weights} (float16).
 */
@NullMarked
package org.ppflow.data.arrow;

import org.jspecify.annotations.NullMarked;
