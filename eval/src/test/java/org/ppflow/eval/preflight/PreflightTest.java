package org.ppflow.eval.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.eval.cache.CacheEntries;
import org.ppflow.eval.images.ArrayImages;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.ImageShape;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.images.ImageSources;
import org.ppflow.eval.images.PictureSet;
import org.ppflow.eval.images.SourceIdentity;
import org.ppflow.eval.preflight.Finding.Code;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.weights.Npz;
import tools.jackson.databind.json.JsonMapper;

class PreflightTest {
    private static final PictureSet SET = PictureSet.noise(21, 37, 12, 10);

    @TempDir
    private Path folder;

    private static PreflightReport of(ImageSource source) throws IOException {
        return Preflight.of(source, Progress.NONE);
    }

    private static PreflightReport of(PictureSet set) throws IOException {
        return of(set.source());
    }

    private static PictureSet changed(PictureSet set, IntUnaryOperator pixel) {
        byte[] pixels = new byte[set.pixels().length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) pixel.applyAsInt(i);
        }
        return new PictureSet(set.count(), set.shape(), pixels);
    }

    private static PictureSet copied(PictureSet set, int from, int... to) {
        byte[] pixels = set.pixels().clone();
        int size = set.shape().bytes();
        for (int target : to) {
            System.arraycopy(pixels, from * size, pixels, target * size, size);
        }
        return new PictureSet(set.count(), set.shape(), pixels);
    }

    private static List<Code> codes(List<Finding> findings) {
        return findings.stream().map(Finding::code).toList();
    }

    @Test
    void contentHash_isThatOfThePixelsWhateverTheyLieIn() throws IOException {
        List<Path> kinds = List.of(
                SET.npz(folder.resolve("stored.npz"), Npz.Compression.STORED),
                SET.npz(folder.resolve("deflated.npz"), Npz.Compression.DEFLATED),
                SET.columnMajor(folder.resolve("fortran.npz"), true),
                SET.folder(folder.resolve("pictures")),
                SET.zip(folder.resolve("pictures.zip"), true),
                SET.tar(folder.resolve("pictures.tar")));
        PreflightReport expected = of(SET);
        for (Path kind : kinds) {
            try (ImageSource source = ImageSources.open(kind.toString())) {
                PreflightReport report = of(source);
                assertThat(report.contentHash()).as(kind.toString()).isEqualTo(expected.contentHash());
                assertThat(report.keys()).as(kind.toString()).isEqualTo(expected.keys());
            }
        }
        assertThat(expected.findings()).isEmpty();
        assertThat(expected.low()).isZero();
        assertThat(expected.high()).isEqualTo(255);
    }

    @Test
    void contentHash_changesWithAPixelTheOrderAndTheShape() throws IOException {
        String hash = of(SET).contentHash();
        byte[] pixels = SET.pixels();
        int size = SET.shape().bytes();
        PictureSet onePixel = changed(SET, i -> i == 20 * size ? pixels[i] + 1 : pixels[i]);
        PictureSet rotated = changed(SET, i -> pixels[(i + size) % pixels.length]);
        PictureSet turned = new PictureSet(SET.count(), new ImageShape(10, 12, 3), pixels);
        assertThat(List.of(
                        hash,
                        of(onePixel).contentHash(),
                        of(rotated).contentHash(),
                        of(turned).contentHash()))
                .doesNotHaveDuplicates();
    }

    @Test
    void report_doesNotDependOnBatches() {
        PreflightReport expected = streamed(SET.count());
        for (int batch : new int[] {1, 5, 36}) {
            PreflightReport report = streamed(batch);
            assertThat(report.contentHash()).isEqualTo(expected.contentHash());
            assertThat(report.keys()).isEqualTo(expected.keys());
        }
    }

    private static PreflightReport streamed(int batch) {
        int size = SET.shape().bytes();
        try (Preflight preflight = new Preflight("live", SET.shape())) {
            for (int from = 0; from < SET.count(); from += batch) {
                int to = Math.min(SET.count(), from + batch);
                preflight.add(new ImageBatch(Arrays.copyOfRange(SET.pixels(), from * size, to * size), 12, 10, 3));
            }
            return preflight.report(Optional.empty());
        }
    }

    @Test
    void repeatedPictures_areCountedAndTheFirstPairNamed() throws IOException {
        PreflightReport report = of(copied(copied(SET, 9, 30, 31), 11, 20));
        assertThat(report.repeats()).isEqualTo(new Repeats(3, 11, 20));
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(Code.REPEATED_PICTURES);
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.text())
                    .startsWith("array: 3 of 37 pictures repeat another one exactly, picture 20 the first, which is"
                            + " picture 11");
        });
    }

    @Test
    void picturesOfOneColour_areCounted() throws IOException {
        int size = SET.shape().bytes();
        // red: its bytes differ, its pixels do not
        PictureSet set =
                changed(SET, i -> i / size == 5 ? (i % 3 == 0 ? 200 : 0) : i / size == 8 ? 77 : SET.pixels()[i]);
        PreflightReport report = of(set);
        assertThat(report.oneColour()).isEqualTo(2);
        assertThat(report.firstOneColour()).isEqualTo(5);
        assertThat(codes(report.findings())).containsExactly(Code.ONE_COLOUR);
    }

    @Test
    void pixelsOfZeroAndOne_areAnError() throws IOException {
        List<Finding> findings = of(changed(SET, i -> SET.pixels()[i] & 1)).findings();
        assertThat(findings)
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo(Code.ZERO_AND_ONE);
                    assertThat(finding.text()).contains("every pixel is 0 or 1");
                });
        assertThatThrownBy(() -> PreflightReport.requireNoError(findings))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("array: every pixel is 0 or 1");
        PreflightReport.requireNoError(of(SET).findings());
    }

    @Test
    void pixelsOfANarrowRange_areAWarning() throws IOException {
        PreflightReport report = of(changed(SET, i -> 100 + (SET.pixels()[i] & 31)));
        assertThat(report.low()).isEqualTo(100);
        assertThat(report.high()).isEqualTo(131);
        assertThat(codes(report.findings())).containsExactly(Code.NARROW_RANGE);
    }

    @Test
    void greyPictures_areNoted() throws IOException {
        PreflightReport grey = of(changed(SET, i -> SET.pixels()[i / 3]));
        assertThat(codes(grey.findings())).containsExactly(Code.GREY);
        PreflightReport oneChannel = of(new ArrayImages("one", new ImageBatch(SET.pixels(), 12, 30, 1)));
        assertThat(oneChannel.grey()).isFalse();
    }

    @Test
    void labelsInTheirOrder_areAWarningThatSaysByHowMuch() throws IOException {
        PreflightReport sorted = of(labelled(20_000, i -> i / 2000));
        assertThat(sorted.findings()).anySatisfy(finding -> {
            assertThat(finding.code()).isEqualTo(Code.CLASS_ORDER);
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.text())
                    .contains("10 runs, 18001 in random order")
                    .contains("chunks of 5000")
                    .contains("too small by a factor of up to 3.");
        });
        assertThat(codes(of(labelled(20_000, i -> i % 10)).findings())).doesNotContain(Code.CLASS_ORDER);
    }

    private static ImageSource labelled(int count, IntUnaryOperator label) {
        byte[] pixels = PictureSet.noise(22, count, 1, 2).pixels();
        int[] labels = IntStream.range(0, count).map(label).toArray();
        return new Saying(new ArrayImages("labelled", new ImageBatch(pixels, 1, 2, 3)), count, labels);
    }

    /** Pictures that say of themselves how many they are, and their classes. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Saying(ImageSource pictures, long count, int @Nullable [] classes) implements ImageSource {
        @Override
        public String name() {
            return pictures.name();
        }

        @Override
        public ImageShape shape() {
            return pictures.shape();
        }

        @Override
        public Optional<int[]> labels() {
            return Optional.ofNullable(classes);
        }

        @Override
        public SourceIdentity identity() {
            return pictures.identity();
        }

        @Override
        public void forEachBatch(long first, int batch, BatchConsumer consumer) throws IOException {
            pictures.forEachBatch(first, batch, consumer);
        }
    }

    @Test
    void otherResolution_isAWarning() throws IOException {
        PreflightReport larger = of(PictureSet.noise(23, 5, 24, 20));
        assertThat(codes(of(SET).against(larger))).containsExactly(Code.OTHER_RESOLUTION);
        assertThat(of(SET).against(larger).get(0).text()).contains("12x10x3").contains("24x20x3");
    }

    @Test
    void picturesOfTheReference_areFoundAmongSamples() throws IOException {
        PictureSet reference = PictureSet.noise(24, 50, 12, 10);
        byte[] pixels = SET.pixels().clone();
        int size = SET.shape().bytes();
        for (int i : new int[] {7, 8}) {
            System.arraycopy(reference.pixels(), (i + 30) * size, pixels, i * size, size);
        }
        PreflightReport samples = of(new PictureSet(SET.count(), SET.shape(), pixels));
        assertThat(samples.against(of(reference))).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(Code.SHARED_PICTURES);
            assertThat(finding.text())
                    .contains("2 of 37 pictures are in the reference array too, picture 7 the first, there picture 37");
        });
        assertThat(samples.against(of(SET))).hasSize(1);
        assertThat(of(SET).against(of(reference))).isEmpty();
        assertThat(of(SET).against(of(SET)).get(0).text()).contains("the same 37 pictures");
    }

    @Test
    void sourceThatGivesAnotherNumberOfPictures_isRefused() {
        ImageSource liar = new Saying(SET.source(), 40, null);
        assertThatThrownBy(() -> of(liar))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("37 pictures; expected 40");
    }

    /** What is read would otherwise be kept under the identity of the files that came later. */
    @Test
    void filesThatChangeWhileTheyAreRead_areRefusedAndNotKept() throws IOException {
        PreflightMemo memo = new PreflightMemo(new CacheEntries(folder));
        String[] stamp = {"before"};
        ImageSource changing = new ImageSource() {
            @Override
            public String name() {
                return "changing";
            }

            @Override
            public long count() {
                return SET.count();
            }

            @Override
            public ImageShape shape() {
                return SET.shape();
            }

            @Override
            public SourceIdentity identity() {
                return new SourceIdentity(SourceIdentity.Kind.STAMP, stamp[0]);
            }

            @Override
            public void forEachBatch(long first, int batch, BatchConsumer consumer) throws IOException {
                SET.source().forEachBatch(first, batch, consumer);
                stamp[0] = "after";
            }
        };

        assertThatThrownBy(() -> memo.of(changing, Progress.NONE))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("changing: files that changed while they were read");
        assertThat(memo.find(changing)).isEmpty();
        assertThat(memo.of(changing, Progress.NONE).count()).isEqualTo(SET.count());
    }

    @Test
    void numberOfSamples_isJudged() {
        assertThat(SampleSize.findings("x", 50_000, "FID", 2048, 5000)).isEmpty();
        assertThat(SampleSize.findings("x", 20_000, "FID", 2048, 5000))
                .extracting(Finding::code)
                .containsExactly(Code.COUNT);
        assertThat(SampleSize.findings("x", 12_000, "FID", 2048, 5000))
                .satisfiesExactly(count -> assertThat(count.code()).isEqualTo(Code.COUNT), last -> {
                    assertThat(last.code()).isEqualTo(Code.SHORT_LAST_SPLIT);
                    assertThat(last.severity()).isEqualTo(Severity.WARNING);
                    assertThat(last.text()).contains("has 2000 pictures instead of 5000");
                });
        assertThat(SampleSize.findings("x", 500, "FID", 2048, 5000))
                .extracting(Finding::code)
                .containsExactly(Code.FEWER_THAN_DIMENSIONS, Code.COUNT, Code.SHORT_LAST_SPLIT);
        assertThat(SampleSize.findings("x", 500, "FID", 499, 0))
                .extracting(Finding::code)
                .containsExactly(Code.COUNT);
        assertThat(SampleSize.ofReference("x", 2049, "FID", 2048)).isEmpty();
        assertThat(SampleSize.ofReference("x", 2048, "FID", 2048)).hasSize(1);
    }

    @Test
    void keys_ofEqualPicturesAreEqual() throws IOException {
        long[] keys = of(copied(SET, 3, 4)).keys();
        assertThat(keys[3]).isEqualTo(keys[4]);
        List<Long> others = new ArrayList<>(Arrays.stream(keys).boxed().toList());
        others.remove(4);
        assertThat(others).doesNotHaveDuplicates();
    }

    /** Whoever keeps a report need not read the pixels again. */
    @Test
    void report_goesThroughJson() throws IOException {
        PreflightReport report = of(labelled(30, i -> i % 3));
        JsonMapper json = JsonMapper.shared();
        PreflightReport read = json.readValue(json.writeValueAsString(report), PreflightReport.class);
        assertThat(read).usingRecursiveComparison().isEqualTo(report);
        assertThat(read.classOrder()).isPresent();
        assertThat(read.findings()).isEqualTo(report.findings());
    }
}
