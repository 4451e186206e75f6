/**
 * Stable Diffusion's variational autoencoder (AutoencoderKL: Rombach et al., <i>High-Resolution Image Synthesis with Latent Diffusion Models</i>, 2022), as
 * TensorFlow graphs on the weights that diffusers stores. May use {@code data.codec}, {@code data.picture}, {@code nn.array}, {@code nn.errors}, {@code
 * nn.files}, {@code nn.graph}, {@code nn.random}, {@code nn.session} and {@code nn.weights}.
 *
 * <p>Inside, pictures and activations are (n, h, w, C); latents and moments at the border are (n, C, h, w), as they are stored.
 */
@NullMarked
package org.ppflow.data.autoencoder;

import org.jspecify.annotations.NullMarked;
