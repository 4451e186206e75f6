/**
 * Latents in the layouts of other toolkits: fast-DiT's npy files, both ways, and LightningDiT's safetensors. May use {@code data.arrow}, {@code
 * data.codec}, {@code data.encode} (the folder while it is made), {@code data.loader}, {@code nn.errors}, {@code nn.files}, {@code nn.progress},
 * {@code nn.random} and {@code nn.weights}.
 */
@NullMarked
package org.ppflow.data.exchange;

import org.jspecify.annotations.NullMarked;
