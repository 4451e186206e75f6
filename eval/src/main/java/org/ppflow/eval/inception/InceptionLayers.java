package org.ppflow.eval.inception;

import com.google.common.base.Splitter;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of layers ({@code layers.txt}), and what follows from it. */
final class InceptionLayers {
    /** Side of the picture that the first convolution sees. */
    static final int SIDE = 299;

    /** D: length of {@code pool_3}. */
    static final int FEATURES = 2048;

    /** S: the first {@value #SPATIAL_CHANNELS} channels of {@code mixed_6/conv}, 17 × 17. */
    static final int SPATIAL = 17 * 17 * 7;

    static final int SPATIAL_CHANNELS = 7;

    /** K. */
    static final int CLASSES = 1008;

    /** Channels of pictures. */
    static final int CHANNELS = 3;

    /** The node of the scaled picture, from which the table starts. */
    static final String SCALED = "Mul";

    static final String FEATURE_NODE = "pool_3";
    static final String SPATIAL_NODE = "mixed_6/conv";

    private static final int COLUMNS = 8;
    private static final List<InceptionLayer> ALL = read();
    private static final Map<String, Integer> CHANNELS_OF = channelsOf();

    private InceptionLayers() {}

    /** In an order in which every layer comes after its inputs. */
    static List<InceptionLayer> all() {
        return ALL;
    }

    static List<InceptionLayer> convolutions() {
        return ALL.stream().filter(InceptionLayer::isConvolution).toList();
    }

    /** Channels of a node's output. */
    static int channels(String node) {
        @Nullable Integer channels = CHANNELS_OF.get(node);
        if (channels == null) {
            throw new IllegalArgumentException("no layer " + node);
        }
        return channels;
    }

    private static Map<String, Integer> channelsOf() {
        Map<String, Integer> channels = new HashMap<>(Map.of(SCALED, CHANNELS));
        for (InceptionLayer layer : ALL) {
            int sum = 0;
            for (String input : layer.inputs()) {
                sum += channels.getOrDefault(input, 0);
            }
            channels.put(layer.node(), layer.isConvolution() ? layer.channels() : sum);
        }
        return channels;
    }

    /** Operations of one picture, two for each multiply-add of a convolution: 11.4e9. Pools and the resize are not counted. */
    static double flops() {
        Map<String, int[]> sizes = new HashMap<>(Map.of(SCALED, new int[] {SIDE, SIDE}));
        double flops = 0;
        for (InceptionLayer layer : ALL) {
            int[] in = sizes.getOrDefault(layer.inputs().get(0), new int[2]);
            int[] out = {length(in[0], layer.height(), layer), length(in[1], layer.width(), layer)};
            sizes.put(layer.node(), out);
            if (layer.isConvolution()) {
                double window = (double) layer.height() * layer.width() * channels(layer.input());
                flops += 2 * window * layer.channels() * out[0] * out[1];
            }
        }
        return flops;
    }

    private static int length(int in, int window, InceptionLayer layer) {
        int whole = layer.padded() ? in : in - window + 1;
        return (whole + layer.stride() - 1) / layer.stride();
    }

    private static List<InceptionLayer> read() {
        URL table = Resources.getResource(InceptionLayers.class, "layers.txt");
        List<InceptionLayer> layers = new ArrayList<>();
        try {
            for (String line : Resources.readLines(table, StandardCharsets.UTF_8)) {
                if (!line.startsWith("#")) {
                    layers.add(layer(
                            Splitter.on(' ').omitEmptyStrings().limit(COLUMNS).splitToList(line)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the table of layers, a part of the program", e);
        }
        return List.copyOf(layers);
    }

    private static InceptionLayer layer(List<String> columns) {
        InceptionLayer.Kind kind = switch (columns.get(0)) {
            case "conv" -> InceptionLayer.Kind.CONVOLUTION;
            case "max-pool" -> InceptionLayer.Kind.MAX_POOL;
            case "average-pool" -> InceptionLayer.Kind.AVERAGE_POOL;
            case "concat" -> InceptionLayer.Kind.CONCAT;
            default -> throw new IllegalStateException(columns.toString());
        };
        List<String> kernel = Splitter.on('x').splitToList(columns.get(2));
        boolean sized = kernel.size() == 2;
        String torch = columns.get(6);
        return new InceptionLayer(
                kind,
                columns.get(1),
                sized ? Integer.parseInt(kernel.get(0)) : 1,
                sized ? Integer.parseInt(kernel.get(1)) : 1,
                sized ? Integer.parseInt(columns.get(3)) : 1,
                columns.get(4).equals("SAME"),
                kind == InceptionLayer.Kind.CONVOLUTION ? Integer.parseInt(columns.get(5)) : 0,
                torch.equals("-") ? "" : torch,
                Splitter.on(' ').omitEmptyStrings().splitToList(columns.get(7)));
    }
}
