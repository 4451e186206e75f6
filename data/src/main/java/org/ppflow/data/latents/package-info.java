/**
 * The Arrow data set of latents: shards, manifest, statistics. Depends on {@code codec}, {@code picture} and {@code nn}.
 */
@NullMarked
package org.ppflow.data.latents;

import org.jspecify.annotations.NullMarked;
