package org.ppflow.data.autoencoder;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/** The two halves, block by block, with the names of the state dict. */
final class AutoencoderHalves {
    private AutoencoderHalves() {}

    /** Picture on [−1, 1] to moments. (n, H, W, 3) → (n, H/f, W/f, 2C). */
    static <T extends TNumber> Operand<T> encode(
            AutoencoderLayers<T> layers, AutoencoderConfig config, Operand<T> picture) {
        List<Integer> widths = config.widths();
        Operand<T> x = layers.stage("encoder.conv_in", layers.conv("encoder.conv_in", picture));
        for (int block = 0; block < widths.size(); block++) {
            String name = "encoder.down_blocks." + block;
            for (int layer = 0; layer < config.layers(); layer++) {
                x = layers.residual(name + ".resnets." + layer, x);
            }
            if (block < widths.size() - 1) {
                x = layers.down(name + ".downsamplers.0.conv", x);
            }
            layers.stage(name, x);
        }
        x = middle(layers, config, "encoder.mid_block", x);
        x = layers.conv("encoder.conv_out", layers.norm("encoder.conv_norm_out", x, true));
        layers.stage("encoder.conv_out", x);
        return config.quantConv() ? layers.stage("quant_conv", layers.conv("quant_conv", x)) : x;
    }

    /** Latent before shift and scale to picture on [−1, 1], not clamped. (n, h, w, C) → (n, f·h, f·w, 3). */
    static <T extends TNumber> Operand<T> decode(
            AutoencoderLayers<T> layers, AutoencoderConfig config, Operand<T> latent) {
        int blocks = config.widths().size();
        Operand<T> z = config.postQuantConv()
                ? layers.stage("post_quant_conv", layers.conv("post_quant_conv", latent))
                : latent;
        Operand<T> x = layers.stage("decoder.conv_in", layers.conv("decoder.conv_in", z));
        x = middle(layers, config, "decoder.mid_block", x);
        for (int block = 0; block < blocks; block++) {
            String name = "decoder.up_blocks." + block;
            for (int layer = 0; layer <= config.layers(); layer++) {
                x = layers.residual(name + ".resnets." + layer, x);
            }
            if (block < blocks - 1) {
                x = layers.up(name + ".upsamplers.0.conv", x);
            }
            layers.stage(name, x);
        }
        return layers.stage(
                "decoder.conv_out", layers.conv("decoder.conv_out", layers.norm("decoder.conv_norm_out", x, true)));
    }

    private static <T extends TNumber> Operand<T> middle(
            AutoencoderLayers<T> layers, AutoencoderConfig config, String name, Operand<T> x) {
        Operand<T> first = layers.residual(name + ".resnets.0", x);
        Operand<T> attended = config.midAttention() ? layers.attention(name + ".attentions.0", first) : first;
        return layers.stage(name, layers.residual(name + ".resnets.1", attended));
    }
}
