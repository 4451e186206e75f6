package org.ppflow.eval.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.eval.feature.FeatureNetwork;
import org.ppflow.eval.feature.Features;
import org.ppflow.eval.feature.NetworkIdentity;
import org.ppflow.eval.feature.PixelNetwork;
import org.ppflow.eval.images.ArrayImages;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.images.WatchedImages;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

class FeatureExtractionTest {
    private static final int SIZE = 4;
    /** Three parts, the last one short. */
    private static final int COUNT = 2 * FeatureParts.ROWS + 100;

    private static final ArrayImages IMAGES = images(7);

    @TempDir
    Path cache;

    @Test
    void storedRows_areThoseInMemory() throws IOException {
        FeatureSet stored = extraction(new Counted()).stored(IMAGES, "a", cache);
        FeatureSet memory = extraction(new Counted()).inMemory(IMAGES, "a");

        assertSame(stored, memory);
        // Across the edge of parts.
        float[] across = stored.features().read(FeatureParts.ROWS - 3, 7);
        assertThat(across).containsExactly(memory.features().read(FeatureParts.ROWS - 3, 7));
    }

    @Test
    void completeSet_opensNoNetwork() throws IOException {
        extraction(new Counted()).stored(IMAGES, "a", cache);
        LazyNetwork closed = new LazyNetwork(NetworkIdentity.of(new Counted()), () -> {
            throw new AssertionError("opened");
        });

        FeatureSet again = new FeatureExtraction(closed, Progress.NONE).stored(IMAGES, "a", cache);

        assertThat(again.count()).isEqualTo(COUNT);
        assertThat(closed.isOpen()).isFalse();
    }

    @Test
    void networkThatIsOpenFromTheStart_isClosedEvenIfNoPictureNeededIt() {
        Counted network = new Counted();

        try (LazyNetwork open = LazyNetwork.of(network)) {
            assertThat(open.isOpen()).isTrue();
        }

        assertThat(network.closed).isTrue();
    }

    @Test
    void passThatStopped_goesOnWhereItWas() throws IOException {
        Counted stops = new Counted();
        stops.failAt = FeatureParts.ROWS + 200;
        assertThatThrownBy(() -> extraction(stops).stored(IMAGES, "a", cache)).hasMessage("stopped");
        Counted goesOn = new Counted();

        FeatureSet all = extraction(goesOn).stored(IMAGES, "a", cache);

        assertThat(goesOn.pictures.get()).isEqualTo(COUNT - FeatureParts.ROWS);
        assertSame(all, extraction(new Counted()).inMemory(IMAGES, "a"));
    }

    @Test
    void shares_areTheWholeInAnyOrder() throws IOException {
        int pictures = 0;
        for (int share : List.of(2, 0, 3, 1)) {
            pictures += extraction(new Counted()).share(IMAGES, "a", cache, share, 4);
        }
        Counted idle = new Counted();

        FeatureSet all = extraction(idle).stored(IMAGES, "a", cache);

        assertThat(pictures).isEqualTo(COUNT);
        assertThat(idle.pictures.get()).isZero();
        assertSame(all, extraction(new Counted()).inMemory(IMAGES, "a"));
    }

    @Test
    void damagedPart_isMadeAgainAndNeverUsed() throws IOException {
        FeatureSet right = extraction(new Counted()).inMemory(IMAGES, "a");
        for (int place = 0; place < 40; place++) {
            extraction(new Counted()).stored(IMAGES, "a", cache);
            Path part = part(1);
            byte[] bytes = Files.readAllBytes(part);
            RandomStream stream = RandomStream.of(3, Purpose.TEST, place, 0);
            if (place % 4 == 0) {
                bytes = java.util.Arrays.copyOf(bytes, stream.nextInt(bytes.length));
            } else {
                bytes[stream.nextInt(bytes.length)] ^= (byte) (1 + stream.nextInt(255));
            }
            Files.write(part, bytes);
            Counted again = new Counted();

            FeatureSet all = extraction(again).stored(IMAGES, "a", cache);

            // A byte that pads the file harms nothing, and is not noticed.
            assertThat(again.pictures.get()).as("case " + place).isIn(0, FeatureParts.ROWS);
            assertSame(all, right);
        }
    }

    @Test
    void secondNetworkBesideAPass_getsTheSameRowsAsAlone() throws IOException {
        FeatureExtraction one = extraction(new Counted());
        FeatureExtraction other = extraction(new Counted("other weights"));
        // The pass goes on in its second part, and the other network misses two.
        one.share(IMAGES, "a", cache, 0, 3);
        other.share(IMAGES, "a", cache, 1, 3);

        one.stored(other.beside(IMAGES, "a", cache), "a", cache);
        Counted rest = new Counted("other weights");
        FeatureSet beside = extraction(rest).stored(IMAGES, "a", cache);

        assertThat(rest.pictures.get()).isEqualTo(FeatureParts.ROWS);
        assertSame(beside, extraction(new Counted("other weights")).inMemory(IMAGES, "a"));
    }

    @Test
    void picturesOfManyMegabytes_areReadInSmallerBatches() throws IOException {
        List<Integer> batches = new ArrayList<>();
        ImageSource large = new WatchedImages(
                new ArrayImages("large", new ImageBatch(new byte[20 * 4_200_000], 2100, 2000, 1)),
                (first, batch) -> batches.add(batch.count()));

        extraction(new Counted()).inMemory(large, "a");

        assertThat(batches).containsExactly(16, 4);
    }

    @Test
    void otherContentOrNetwork_isAnotherSet() throws IOException {
        extraction(new Counted()).stored(IMAGES, "a", cache);
        Counted other = new Counted();
        Counted reweighted = new Counted("other weights");

        extraction(other).stored(images(8), "b", cache);
        extraction(reweighted).stored(IMAGES, "a", cache);

        assertThat(other.pictures.get()).isEqualTo(COUNT);
        assertThat(reweighted.pictures.get()).isEqualTo(COUNT);
    }

    private static void assertSame(FeatureSet found, FeatureSet expected) {
        assertThat(found.features().read(0, COUNT))
                .containsExactly(expected.features().read(0, COUNT));
        assertThat(found.probabilities().read(0, COUNT))
                .containsExactly(expected.probabilities().read(0, COUNT));
        assertThat(found.spatial().size()).isZero();
        assertThat(found.keys()).containsExactly(expected.keys());
    }

    private Path part(int index) throws IOException {
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(file -> file.getFileName().toString().equals("part-0000" + index + ".arrow"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static FeatureExtraction extraction(Counted network) {
        return new FeatureExtraction(LazyNetwork.of(network), Progress.NONE);
    }

    private static ArrayImages images(long seed) {
        byte[] pixels = new byte[COUNT * SIZE];
        RandomStream stream = RandomStream.of(seed, Purpose.TEST, 0, 0);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) stream.nextInt(250);
        }
        return new ArrayImages("made up", new ImageBatch(pixels, 2, 2, 1));
    }

    /** Counts the pictures that it is shown, and may stop. */
    private static final class Counted implements FeatureNetwork {
        private final PixelNetwork whole;
        private final AtomicInteger pictures = new AtomicInteger();
        private int failAt = Integer.MAX_VALUE;
        private boolean closed;

        Counted() {
            this("pixels");
        }

        Counted(String hash) {
            this.whole = new PixelNetwork("classifier", hash, SIZE);
        }

        @Override
        public String kind() {
            return whole.kind();
        }

        @Override
        public String contentHash() {
            return whole.contentHash();
        }

        @Override
        public int featureSize() {
            return SIZE;
        }

        @Override
        public int classes() {
            return SIZE;
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public Features extract(ImageBatch batch) {
            if (pictures.addAndGet(batch.count()) > failAt) {
                throw new IllegalStateException("stopped");
            }
            return whole.extract(batch);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
