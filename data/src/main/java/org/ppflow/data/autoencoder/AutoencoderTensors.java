package org.ppflow.data.autoencoder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names and shapes of an autoencoder's tensors, as diffusers' state dict has them; the contract with every checkpoint.
 */
public final class AutoencoderTensors {
    /** What diffusers called a part of an attention until 0.17. */
    private static final Map<String, String> LEGACY =
            Map.of("to_q", "query", "to_k", "key", "to_v", "value", "to_out.0", "proj_attn");

    private final Map<String, int[]> shapes = new LinkedHashMap<>();

    private AutoencoderTensors() {}

    /** Shapes by name, in the order of the state dict's parts. */
    public static Map<String, int[]> of(AutoencoderConfig config) {
        AutoencoderTensors tensors = new AutoencoderTensors();
        tensors.encoder(config);
        tensors.decoder(config);
        int latent = config.latentChannels();
        if (config.quantConv()) {
            tensors.conv("quant_conv", 2 * latent, 2 * latent, 1);
        }
        if (config.postQuantConv()) {
            tensors.conv("post_quant_conv", latent, latent, 1);
        }
        return tensors.shapes;
    }

    /** The name that old files have for a tensor; the same for most. */
    public static String legacy(String name) {
        for (Map.Entry<String, String> part : LEGACY.entrySet()) {
            if (name.contains(".attentions.0." + part.getKey() + ".")) {
                return name.replace("." + part.getKey() + ".", "." + part.getValue() + ".");
            }
        }
        return name;
    }

    private void encoder(AutoencoderConfig config) {
        List<Integer> widths = config.widths();
        conv("encoder.conv_in", AutoencoderConfig.COLOURS, widths.get(0), 3);
        int inputs = widths.get(0);
        for (int block = 0; block < widths.size(); block++) {
            String name = "encoder.down_blocks." + block;
            for (int layer = 0; layer < config.layers(); layer++) {
                residual(name + ".resnets." + layer, inputs, widths.get(block));
                inputs = widths.get(block);
            }
            if (block < widths.size() - 1) {
                conv(name + ".downsamplers.0.conv", inputs, inputs, 3);
            }
        }
        middle("encoder.mid_block", config);
        pair("encoder.conv_norm_out", inputs);
        conv("encoder.conv_out", inputs, 2 * config.latentChannels(), 3);
    }

    private void decoder(AutoencoderConfig config) {
        List<Integer> widths = config.widths();
        int inputs = config.lastWidth();
        conv("decoder.conv_in", config.latentChannels(), inputs, 3);
        middle("decoder.mid_block", config);
        for (int block = 0; block < widths.size(); block++) {
            String name = "decoder.up_blocks." + block;
            int width = widths.get(widths.size() - 1 - block);
            for (int layer = 0; layer <= config.layers(); layer++) {
                residual(name + ".resnets." + layer, inputs, width);
                inputs = width;
            }
            if (block < widths.size() - 1) {
                conv(name + ".upsamplers.0.conv", inputs, inputs, 3);
            }
        }
        pair("decoder.conv_norm_out", inputs);
        conv("decoder.conv_out", inputs, AutoencoderConfig.COLOURS, 3);
    }

    private void middle(String name, AutoencoderConfig config) {
        int width = config.lastWidth();
        residual(name + ".resnets.0", width, width);
        if (config.midAttention()) {
            pair(name + ".attentions.0.group_norm", width);
            for (String part : List.of("to_q", "to_k", "to_v", "to_out.0")) {
                shapes.put(name + ".attentions.0." + part + ".weight", new int[] {width, width});
                shapes.put(name + ".attentions.0." + part + ".bias", new int[] {width});
            }
        }
        residual(name + ".resnets.1", width, width);
    }

    private void residual(String name, int inputs, int outputs) {
        pair(name + ".norm1", inputs);
        conv(name + ".conv1", inputs, outputs, 3);
        pair(name + ".norm2", outputs);
        conv(name + ".conv2", outputs, outputs, 3);
        if (inputs != outputs) {
            conv(name + ".conv_shortcut", inputs, outputs, 1);
        }
    }

    private void conv(String name, int inputs, int outputs, int side) {
        shapes.put(name + ".weight", new int[] {outputs, inputs, side, side});
        shapes.put(name + ".bias", new int[] {outputs});
    }

    private void pair(String name, int width) {
        shapes.put(name + ".weight", new int[] {width});
        shapes.put(name + ".bias", new int[] {width});
    }
}
