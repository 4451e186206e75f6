package org.ppflow.data.autoencoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ppflow.nn.errors.BadInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What diffusers' {@code config.json} says of an AutoencoderKL.
 *
 * @param widths channels of each block, {@code block_out_channels}; each block but the last halves the picture
 * @param layers residual blocks of a block, {@code layers_per_block}; the decoder has one more
 * @param groups of the group norms
 * @param latentChannels C; moments have 2C
 * @param scale the model sees (z − shift)·scale; 0.18215 where the file, like the published old ones, says nothing
 * @param shift one for all channels, mostly 0
 * @param quantConv whether a 1×1 convolution follows the encoder
 * @param postQuantConv whether one stands before the decoder
 * @param midAttention whether the middle blocks attend
 */
public record AutoencoderConfig(
        List<Integer> widths,
        int layers,
        int groups,
        int latentChannels,
        double scale,
        double shift,
        boolean quantConv,
        boolean postQuantConv,
        boolean midAttention) {
    /** Name of the file. */
    public static final String FILE = "config.json";

    /** The autoencoder of SiT and of the paper, where its publishers offer it. */
    private static final String PUBLISHED = "stabilityai/sd-vae-ft-ema";

    /** Channels of a picture. */
    public static final int COLOURS = 3;

    private static final double SD_SCALE = 0.18215;

    /** That of {@code stabilityai/sd-vae-ft-ema} and {@code -mse}: f = 8, 4 channels, 83.7 M parameters. */
    public static final AutoencoderConfig SD =
            new AutoencoderConfig(List.of(128, 256, 512, 512), 2, 32, 4, SD_SCALE, 0, true, true, true);

    public AutoencoderConfig {
        widths = List.copyOf(widths);
        if (widths.isEmpty() || layers < 1 || groups < 1 || latentChannels < 1 || !(scale > 0)) {
            throw new IllegalArgumentException("widths " + widths + ", " + layers + " layers, " + groups + " groups, "
                    + latentChannels + " channels, scale " + scale + " must all be positive");
        }
        for (int width : widths) {
            if (width < 1 || width % groups != 0) {
                throw new IllegalArgumentException(groups + " groups do not divide width " + width);
            }
        }
    }

    /** Pixels a side of a latent's place: 8. */
    public int factor() {
        return 1 << (widths.size() - 1);
    }

    /** Width of the middle block. */
    int lastWidth() {
        return widths.get(widths.size() - 1);
    }

    /** Reads a folder's config. */
    public static AutoencoderConfig read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw BadInputException.at(folder.toString())
                    .found(
                            Files.isDirectory(folder)
                                    ? "no " + FILE
                                    : "no such folder: "
                                            + folder.toAbsolutePath().normalize())
                    .expected("an autoencoder as diffusers saves it: " + FILE
                            + " and diffusion_pytorch_model.safetensors or .bin")
                    .advice("Stable Diffusion's is " + PUBLISHED + " on Hugging Face: huggingface-cli download "
                            + PUBLISHED + " --local-dir FOLDER")
                    .build();
        }
        try {
            JsonNode root = JsonMapper.shared().readTree(Files.readString(file));
            require(root, file, "_class_name", "AutoencoderKL");
            require(root, file, "act_fn", "silu");
            requireAll(root, file, "down_block_types", "DownEncoderBlock2D");
            requireAll(root, file, "up_block_types", "UpDecoderBlock2D");
            require(root, file, "in_channels", Integer.toString(COLOURS));
            require(root, file, "out_channels", Integer.toString(COLOURS));
            List<Integer> widths = new ArrayList<>();
            root.path("block_out_channels").forEach(width -> widths.add(width.asInt(0)));
            return new AutoencoderConfig(
                    widths,
                    root.path("layers_per_block").asInt(1),
                    root.path("norm_num_groups").asInt(32),
                    root.path("latent_channels").asInt(4),
                    root.path("scaling_factor").asDouble(SD_SCALE),
                    root.path("shift_factor").asDouble(0),
                    root.path("use_quant_conv").asBoolean(true),
                    root.path("use_post_quant_conv").asBoolean(true),
                    root.path("mid_block_add_attention").asBoolean(true));
        } catch (JacksonException | IllegalArgumentException e) {
            throw BadInputException.at(file.toString())
                    .found(String.valueOf(e.getMessage()))
                    .expected("the config of an AutoencoderKL")
                    .cause(e)
                    .build();
        }
    }

    private static void require(JsonNode root, Path file, String key, String value) {
        String found = root.path(key).asString(value);
        if (!found.equals(value)) {
            throw BadInputException.at(file + ": " + key)
                    .found("'" + found + "'")
                    .expected("'" + value + "'")
                    .advice("only the autoencoder of Stable Diffusion can be built, of any widths")
                    .build();
        }
    }

    private static void requireAll(JsonNode root, Path file, String key, String value) {
        for (JsonNode entry : root.path(key)) {
            if (!entry.asString("").equals(value)) {
                throw BadInputException.at(file + ": " + key)
                        .found("'" + entry.asString("") + "'")
                        .expected("'" + value + "'")
                        .advice("only the autoencoder of Stable Diffusion can be built, of any widths")
                        .build();
            }
        }
        if (root.has(key)
                && root.path(key).size() != root.path("block_out_channels").size()) {
            throw BadInputException.at(file + ": " + key)
                    .found(root.path(key).size() + " blocks")
                    .expected(root.path("block_out_channels").size() + ", one a width")
                    .build();
        }
    }
}
