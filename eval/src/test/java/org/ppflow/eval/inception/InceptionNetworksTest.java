package org.ppflow.eval.inception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.eval.feature.FeatureNetwork;
import org.ppflow.eval.feature.Features;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.inception.InceptionNetworks.Form;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.NpzFile;
import org.ppflow.nn.weights.TensorSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** The door to the network: what it opens, and what it says of files that are something else. */
class InceptionNetworksTest {
    private static final SessionOptions OPTIONS = SessionOptions.DEFAULT;

    @TempDir
    private Path folder;

    private static FeatureNetwork open(Path file, Form form) throws IOException {
        return InceptionNetworks.open(file, form, OPTIONS);
    }

    @Test
    void open_ofPytorchFidsStateDictGivesTheGraphsFeatures() throws IOException {
        InceptionGraph graph = InceptionGraph.read(Golden.file(Golden.GRAPH));
        GraphWeights weights = GraphWeights.of(graph, OPTIONS);
        Path torch = StateDict.write(folder.resolve("any.name"), StateDict.of(graph, weights));
        try (NpzFile golden = Npz.open(Golden.file("features.npz"));
                FeatureNetwork fromTorch = open(torch, Form.NATIVE);
                FeatureNetwork fromGraph = open(Golden.file(Golden.GRAPH), Form.NATIVE)) {
            ImageBatch pictures = Golden.images(golden, "40");
            Features features = fromTorch.extract(pictures);
            // The same numbers folded the same way: bit for bit.
            assertThat(features.features())
                    .isEqualTo(fromGraph.extract(pictures).features());
            assertThat(features.probabilities())
                    .isEqualTo(fromGraph.extract(pictures).probabilities());
            FloatArray expected = golden.floats("pool_3_40");
            for (int i = 0; i < expected.values().length; i++) {
                assertThat((double) features.features().values()[i])
                        .isCloseTo(expected.values()[i], Offset.offset(1e-4));
            }
            assertThat(fromTorch.contentHash()).isNotEqualTo(fromGraph.contentHash());
            assertThat(fromTorch.kind()).isEqualTo("inception");
        }
        assertRefused(torch, Form.IMPORTED, "any.name", "weights without a graph", "native");
    }

    @Test
    void open_ofAnotherStateDictSaysWhatIsMissing() throws IOException {
        Path other = StateDict.write(
                folder.resolve("resnet.pth"),
                List.of(TensorSource.floats("conv1.weight", FloatArray.zeros(4, 3, 7, 7))));
        assertRefused(other, Form.NATIVE, "resnet.pth", "'Conv2d_1a_3x3.conv.weight'", "pytorch-fid");
    }

    @Test
    void open_ofAWeightOfAnotherShapeSaysWhich() throws IOException {
        List<TensorSource> all = new ArrayList<>();
        InceptionLayers.convolutions()
                .forEach(layer ->
                        all.add(TensorSource.floats(layer.torch() + ".conv.weight", FloatArray.zeros(1, 1, 1, 1))));
        all.add(TensorSource.floats("fc.weight", FloatArray.zeros(1, 1)));
        Path file = StateDict.write(folder.resolve("small.pth"), all);
        assertRefused(file, Form.NATIVE, "Conv2d_1a_3x3.conv.weight", "[1, 1, 1, 1]", "[32, 3, 3, 3]");
    }

    @Test
    void open_ofSomethingElseSaysSo() throws IOException {
        assertRefused(folder.resolve("absent.pb"), Form.NATIVE, "absent.pb", "no such file");
        assertRefused(folder, Form.NATIVE, "a folder");
        for (Form form : Form.values()) {
            assertRefused(Files.write(folder.resolve("empty.pb"), new byte[0]), form, "empty.pb", "an empty file");
            Path text = Files.writeString(folder.resolve("page.pb"), "<html>404: not found</html>");
            assertRefused(text, form, "page.pb", "GraphDef");
        }
    }

    @Test
    void open_ofATruncatedGraphIsRefusedByName() throws IOException {
        byte[] whole = Files.readAllBytes(Golden.file(Golden.GRAPH));
        RandomStream random = RandomStream.of(8, Purpose.TEST, 1);
        for (int i = 0; i < 20; i++) {
            int length = Math.floorMod(random.nextInt(), whole.length - 1) + 1;
            Path cut = Files.write(folder.resolve("cut.pb"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> InceptionGraph.read(cut))
                    .as(length + " of " + whole.length + " bytes")
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("cut.pb");
        }
    }

    @Test
    void open_ofAnotherGraphNamesTheNodeThatIsMissing() throws IOException {
        Path other = changed(graph -> {
            graph.clearNode();
            graph.addNode(NodeDef.newBuilder().setName("pool_4").setOp("NoOp"));
        });
        assertRefused(other, Form.NATIVE, "'ExpandDims'", "Inception graph of 2015", "classify_image_graph_def.pb");
        Path renamed = changed(graph -> rename(graph, "pool_3", "pool_9"));
        for (Form form : Form.values()) {
            assertRefused(renamed, form, "without 'pool_3'", "where it is a AvgPool");
        }
    }

    @Test
    void open_ofANetworkOfOtherLayersSaysWhichLayer() throws IOException {
        Path strides =
                changed(graph -> edit(graph, "mixed_3/conv/Conv2D", node -> node.putAttributes("padding", "SAME")));
        assertRefused(strides, Form.NATIVE, "mixed_3/conv/Conv2D", "padding SAME", "padding VALID");
        Path pool =
                changed(graph -> edit(graph, "pool_3", node -> node.builder().setOp("MaxPool")));
        assertRefused(pool, Form.NATIVE, "pool_3", "a MaxPool", "a AvgPool");
    }

    @Test
    void open_ofADamagedGraphOpensOrIsRefusedByName() throws IOException {
        byte[] whole = Files.readAllBytes(Golden.file(Golden.GRAPH));
        RandomStream random = RandomStream.of(8, Purpose.TEST, 2);
        int refused = 0;
        for (int i = 0; i < 12; i++) {
            byte[] damaged = whole.clone();
            for (int j = 0; j < 40; j++) {
                damaged[Math.floorMod(random.nextInt(), whole.length)] = (byte) random.nextInt();
            }
            Path file = Files.write(folder.resolve("damaged.pb"), damaged);
            try {
                open(file, Form.IMPORTED).close();
            } catch (BadInputException e) {
                assertThat(e).hasMessageContaining("damaged.pb");
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    /** A node being edited. */
    private record Edited(NodeDef.Builder builder) {
        void putAttributes(String name, String text) {
            builder.putAttr(
                    name,
                    AttrValue.newBuilder().setS(ByteString.copyFromUtf8(text)).build());
        }
    }

    private static void edit(GraphDef.Builder graph, String node, Consumer<Edited> edit) {
        graph.getNodeBuilderList().stream()
                .filter(builder -> builder.getName().equals(node))
                .forEach(builder -> edit.accept(new Edited(builder)));
    }

    private static void rename(GraphDef.Builder graph, String from, String to) {
        for (NodeDef.Builder node : graph.getNodeBuilderList()) {
            if (node.getName().equals(from)) {
                node.setName(to);
            }
            for (int i = 0; i < node.getInputCount(); i++) {
                if (node.getInput(i).equals(from)) {
                    node.setInput(i, to);
                }
            }
        }
    }

    private Path changed(Consumer<GraphDef.Builder> change) throws IOException {
        GraphDef.Builder graph = GraphDef.parseFrom(Files.readAllBytes(Golden.file(Golden.GRAPH))).toBuilder();
        change.accept(graph);
        return Files.write(folder.resolve("changed.pb"), graph.build().toByteArray());
    }

    private static void assertRefused(Path file, Form form, String... parts) {
        assertThatThrownBy(() -> open(file, form).close())
                .isInstanceOf(BadInputException.class)
                .satisfies(error -> {
                    for (String part : parts) {
                        assertThat(error).hasMessageContaining(part);
                    }
                });
    }
}
