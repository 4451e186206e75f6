package org.ppflow.data.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ppflow.data.arrow.ChannelStatistics;
import org.ppflow.data.arrow.Manifest;
import org.ppflow.data.arrow.ValueType;
import org.ppflow.data.codec.Codec;
import org.ppflow.data.codec.HaarCodec;
import org.ppflow.data.codec.PixelsCodec;
import org.ppflow.data.loader.LatentDataset;
import org.ppflow.data.picture.CentrePadding;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.data.source.Holdout;
import org.ppflow.data.source.LabelledPictures;
import org.ppflow.data.source.Mnist;
import org.ppflow.data.source.Part;
import org.ppflow.data.source.PictureSelection;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;

class DatasetEncoderTest {
    private static final Holdout HOLDOUT = new Holdout(5, 4);
    private static final EncodeOptions SMALL = new EncodeOptions(ValueType.FLOAT32, 10, 4);

    @TempDir
    private Path folder;

    private static PictureSelection mnist(Part part) throws IOException {
        return new PictureSelection(Mnist.embedded(), HOLDOUT, part, new CentrePadding(32));
    }

    private static PictureSelection small(boolean mirror) {
        return new PictureSelection(new GeneratedSource(43, mirror), HOLDOUT, Part.TRAIN, new CentrePadding(8));
    }

    private LatentDataset encode(PictureSelection pictures, Codec codec, String name) throws IOException {
        return new DatasetEncoder(codec, SMALL, Progress.NONE).encode(pictures, folder.resolve(name), Optional.empty());
    }

    private Map<String, byte[]> bytes(String name) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder.resolve(name))) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private static void assertSame(Map<String, byte[]> found, Map<String, byte[]> expected) {
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach((file, bytes) -> assertThat(found.get(file)).as(file).isEqualTo(bytes));
    }

    @ParameterizedTest
    @EnumSource(ValueType.class)
    void encode_keepsEveryDigitExactly(ValueType type) throws IOException {
        HaarCodec codec = new HaarCodec();
        LatentDataset data = new DatasetEncoder(codec, EncodeOptions.defaults().with(type), Progress.NONE)
                .encode(mnist(Part.ALL), folder, Optional.empty());
        LabelledPictures originals = mnist(Part.ALL).readAll();

        assertThat(data.rows()).isEqualTo(10_000);
        for (int from = 0; from < 10_000; from += 2500) {
            PictureBatch decoded = codec.decode(data.stored(from, 2500));
            for (int i = 0; i < 2500; i++) {
                assertThat(decoded.picture(i)).isEqualTo(originals.pictures().picture(from + i));
                assertThat(data.label(from + i)).isEqualTo(originals.labels()[from + i]);
            }
        }
    }

    @Test
    void encodeParts_scalesBothByTheTrainingRows() throws IOException {
        EncodedParts parts = new DatasetEncoder(
                        new HaarCodec(), EncodeOptions.defaults().with(ValueType.FLOAT32), Progress.NONE)
                .encodeParts(mnist(Part.ALL), folder);

        assertThat(parts.train().rows()).isEqualTo(8000);
        assertThat(parts.reference().rows()).isEqualTo(2000);
        assertThat(parts.train().latentShape()).hasToString("4x16x16");
        assertThat(parts.train().mirror()).isFalse();
        assertThat(parts.reference().scaling()).isEqualTo(parts.train().scaling());
        assertThat(parts.reference().source(0)).isEqualTo("t10k-images-idx3-ubyte#4");
        // Computed once in exact fractions over the same 8000 digits by a script of its own. Its reciprocal 0.5557 is
        // the
        // standard deviation, what one divides by.
        assertThat(parts.train().scaling().scale()).isCloseTo(1.7993998093863133, within(1e-7));
        double[] shift = {-1.592787641697304, -1.5261182598039e-4, -4.21875e-4, 9.558440563725e-5};
        double[] variance = {1.0345333097814322, 0.09240243154971611, 0.08986993986978792, 0.018585938741240583};
        Manifest manifest = parts.train().manifest();
        assertThat(manifest.description().shift())
                .containsExactlyElementsOf(manifest.statistics().stream()
                        .map(ChannelStatistics::mean)
                        .toList());
        for (int channel = 0; channel < 4; channel++) {
            assertThat(manifest.statistics().get(channel).mean()).isCloseTo(shift[channel], within(1e-7));
            assertThat(manifest.statistics().get(channel).variance()).isCloseTo(variance[channel], within(1e-7));
        }
        FloatArray seen = parts.train().scaling().normalise(parts.train().stored(0, 8000));
        assertThat(meanVariance(seen)).isCloseTo(1, within(1e-5));
    }

    @Test
    void encode_givesTheSameBytesInAnyBatchSize() throws IOException {
        encode(small(false), new HaarCodec(), "a");
        new DatasetEncoder(new HaarCodec(), new EncodeOptions(ValueType.FLOAT32, 10, 7), Progress.NONE)
                .encode(small(false), folder.resolve("b"), Optional.empty());

        assertThat(bytes("a"))
                .containsOnlyKeys(
                        "latents-00000-of-00004.arrow",
                        "latents-00001-of-00004.arrow",
                        "latents-00002-of-00004.arrow",
                        "latents-00003-of-00004.arrow",
                        "manifest.json");
        assertSame(bytes("b"), bytes("a"));
    }

    @Test
    void encode_goesOnAfterAStop_andEndsInTheSameBytes() throws IOException {
        PictureSelection pictures =
                new PictureSelection(new GeneratedSource(23, true), HOLDOUT, Part.TRAIN, new CentrePadding(8));
        encode(pictures, new HaarCodec(), "whole");
        // Stops at every call of the codec in turn: in the measuring pass, and in each shard.
        boolean stopped = true;
        int calls = 0;
        while (stopped) {
            String name = "stopped" + calls;
            stopped = false;
            try {
                encode(pictures, new StoppingCodec(calls), name);
            } catch (IllegalStateException e) {
                stopped = true;
                assertThat(folder.resolve(name).resolve(Manifest.FILE)).doesNotExist();
            }
            if (stopped && Files.exists(folder.resolve(name))) {
                Files.writeString(folder.resolve(name).resolve("latents-00001-of-00002.arrow.unfinished"), "rubbish");
            }
            encode(pictures, new HaarCodec(), name);
            assertSame(bytes(name), bytes("whole"));
            calls++;
        }
        assertThat(calls - 1).isEqualTo(2 * (3 + 3)); // two passes over two shards of up to three batches
    }

    @Test
    void encode_keepsFinishedShards() throws IOException {
        LatentDataset first = encode(small(false), new PixelsCodec(), "a");
        Files.delete(folder.resolve("a").resolve(Manifest.FILE));
        Files.delete(folder.resolve("a").resolve("latents-00002-of-00004.arrow"));
        StoppingCodec counting = new StoppingCodec(Integer.MAX_VALUE, new PixelsCodec());

        LatentDataset again = encode(small(false), counting, "a");

        assertThat(counting.calls).isEqualTo(3); // 10 rows of one shard in batches of 4
        assertThat(again.manifest()).isEqualTo(first.manifest());
    }

    @Test
    void encode_returnsAtOnceWhenFinished() throws IOException {
        encode(small(false), new HaarCodec(), "a");
        StoppingCodec unused = new StoppingCodec(0);

        encode(small(false), unused, "a");

        assertThat(unused.calls).isZero();
    }

    @Test
    void encode_refusesAFolderOfLatentsWithOtherChannels() throws IOException {
        encode(small(false), new PixelsCodec(), "a");

        assertThatThrownBy(() -> encode(small(false), new HaarCodec(), "a"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("manifest.json: another data set: made by pixels, not by haar;");
    }

    @Test
    void encode_refusesAFolderOfAnotherEncode() throws IOException {
        encode(small(false), new HaarCodec(), "a");

        assertThatThrownBy(() -> encode(small(false), new PixelsCodec(), "a"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll(
                        "manifest.json: another data set: made by haar, not by pixels;", "remove the folder")
                .hasMessageNotContaining("DatasetDescription");
        Files.delete(folder.resolve("a").resolve(Manifest.FILE));
        assertThatThrownBy(() -> encode(small(false), new PixelsCodec(), "a"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("latents-00000-of-00004.arrow", "another encode");
        assertThatThrownBy(() -> encode(small(false).with(Part.REFERENCE), new HaarCodec(), "a"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("another encode", "latents-00003-of-00004.arrow");
    }

    @Test
    void encode_storesMirrorsOnlyWhereThePicturesHaveThem() throws IOException {
        PixelsCodec codec = new PixelsCodec();
        LatentDataset mirrored = encode(small(true), codec, "mirrored");
        LatentDataset plain = encode(small(false), codec, "plain");

        assertThat(mirrored.mirror()).isTrue();
        assertThat(plain.mirror()).isFalse();
        LabelledPictures originals = small(true).readAll();
        for (int row = 0; row < mirrored.rows(); row++) {
            FloatArray flipped = FloatArray.zeros(1, 3, 8, 8);
            mirrored.copyStored(row, true, flipped.values(), 0);
            assertThat(codec.decode(flipped).picture(0))
                    .isEqualTo(originals.pictures().picture(row).mirrored());
        }
    }

    private static double meanVariance(FloatArray seen) {
        int channels = seen.shape()[1];
        int channelSize = seen.shape()[2] * seen.shape()[3];
        double[] squares = new double[channels];
        double[] sums = new double[channels];
        for (int i = 0; i < seen.values().length; i++) {
            double value = seen.values()[i];
            squares[i / channelSize % channels] += value * value;
            sums[i / channelSize % channels] += value;
        }
        double total = 0;
        double count = (double) seen.rows() * channelSize;
        for (int channel = 0; channel < channels; channel++) {
            double mean = sums[channel] / count;
            assertThat(mean).isCloseTo(0, within(1e-5));
            total += squares[channel] / count - mean * mean;
        }
        return total / channels;
    }
}
