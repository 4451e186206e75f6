package org.ppflow.eval.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.data.arrow.ValueType;
import org.ppflow.data.codec.Codecs;
import org.ppflow.data.encode.DatasetEncoder;
import org.ppflow.data.encode.EncodeOptions;
import org.ppflow.data.picture.CentreCrop;
import org.ppflow.data.source.Holdout;
import org.ppflow.data.source.Part;
import org.ppflow.data.source.PictureSelection;
import org.ppflow.data.source.PictureSources;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.weights.Npz;

class ImageSourcesTest {
    /** Neither square nor a multiple of any batch. */
    private static final PictureSet SET = PictureSet.noise(1, 41, 12, 10);

    @TempDir
    private Path folder;

    private static ImageSource open(Path path) throws IOException {
        return ImageSources.open(path.toString());
    }

    /** The same pictures in everything that they can be in. */
    static Map<String, Path> everyKind(PictureSet set, Path folder) throws IOException {
        Map<String, Path> kinds = new LinkedHashMap<>();
        kinds.put("stored npz", set.npz(folder.resolve("stored.npz"), Npz.Compression.STORED));
        kinds.put("deflated npz", set.npz(folder.resolve("deflated.npz"), Npz.Compression.DEFLATED));
        kinds.put("stored Fortran npz", set.columnMajor(folder.resolve("fortran.npz"), false));
        kinds.put("deflated Fortran npz", set.columnMajor(folder.resolve("fortran-deflated.npz"), true));
        kinds.put("npz of another name", set.npz(folder.resolve("samples.zip"), Npz.Compression.STORED));
        kinds.put("folder", set.folder(folder.resolve("pictures")));
        kinds.put("stored zip", set.zip(folder.resolve("pictures.zip"), false));
        kinds.put("deflated zip", set.zip(folder.resolve("pictures-deflated.zip"), true));
        kinds.put("tar", set.tar(folder.resolve("pictures.tar")));
        return kinds;
    }

    @Test
    void everyKindOfFile_givesTheSamePicturesFromAnyPlaceOn() throws IOException {
        for (Map.Entry<String, Path> kind : everyKind(SET, folder).entrySet()) {
            try (ImageSource source = open(kind.getValue())) {
                assertThat(source.count()).as(kind.getKey()).isEqualTo(SET.count());
                assertThat(source.shape()).as(kind.getKey()).isEqualTo(SET.shape());
                assertThat(source.labels()).as(kind.getKey()).isEmpty();
                for (int first : new int[] {0, 1, 7, 40, 41}) {
                    for (int batch : new int[] {1, 8, 41, 100}) {
                        byte[] expected = Arrays.copyOfRange(
                                SET.pixels(), first * SET.shape().bytes(), SET.pixels().length);
                        assertThat(Reading.pixels(source, first, batch))
                                .as(kind.getKey() + " from " + first + " by " + batch)
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    @Test
    void readingThatIsNoLongerWanted_ends() throws IOException {
        for (Map.Entry<String, Path> kind : everyKind(SET, folder).entrySet()) {
            try (ImageSource source = open(kind.getValue())) {
                List<Integer> batches = new ArrayList<>();
                source.forEachBatch(0, 5, batch -> {
                    batches.add(batch.count());
                    return batches.size() < 2;
                });
                assertThat(batches).as(kind.getKey()).containsExactly(5, 5);
            }
        }
    }

    @Test
    void columnMajorArraysOfManyBlocks_areGatheredPassByPass() throws IOException {
        for (boolean deflated : new boolean[] {false, true}) {
            Path file = SET.columnMajor(folder.resolve("f" + deflated + ".npz"), deflated);
            try (var npz = Npz.open(file)) {
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                BatchAssembly assembly = new BatchAssembly(SET.shape(), SET.count(), 3, 4, batch -> {
                    all.writeBytes(batch.pixels());
                    return true;
                });
                new ColumnMajorPixels(
                                npz,
                                "arr_0",
                                SET.shape(),
                                SET.count(),
                                6 * SET.shape().bytes())
                        .read(3, assembly);
                assertThat(all.toByteArray())
                        .isEqualTo(
                                Arrays.copyOfRange(SET.pixels(), 3 * SET.shape().bytes(), SET.pixels().length));
            }
        }
    }

    @Test
    void identity_staysForTheSameFileAndChangesWithIt() throws IOException {
        for (Map.Entry<String, Path> kind : everyKind(SET, folder).entrySet()) {
            Path touched =
                    Files.isDirectory(kind.getValue()) ? kind.getValue().resolve(PictureSet.name(17)) : kind.getValue();
            SourceIdentity before;
            try (ImageSource source = open(kind.getValue())) {
                before = source.identity();
                assertThat(before.kind()).isEqualTo(SourceIdentity.Kind.STAMP);
            }
            try (ImageSource source = open(kind.getValue())) {
                assertThat(source.identity()).as(kind.getKey()).isEqualTo(before);
            }
            Files.setLastModifiedTime(touched, FileTime.fromMillis(1_000_000_000_000L));
            try (ImageSource source = open(kind.getValue())) {
                assertThat(source.identity()).as(kind.getKey()).isNotEqualTo(before);
            }
        }
    }

    @Test
    void identity_changesWithHowPicturesAreRead() throws IOException {
        Path pictures = SET.folder(folder.resolve("pictures"));
        try (ImageSource whole = open(pictures);
                ImageSource cropped = ImageSources.open(
                        pictures.toString(), ImageReading.colour().with(Fit.How.CROP, 8))) {
            assertThat(cropped.identity()).isNotEqualTo(whole.identity());
        }
    }

    @Test
    void foldersOfClasses_giveLabelsInTheirOrder() throws IOException {
        for (int i = 0; i < 6; i++) {
            // "a-b" sorts after "a" as a folder, before "a/..." as a text
            Path inside = folder.resolve("set").resolve(List.of("b", "a-b", "a").get(i % 3));
            Files.createDirectories(inside);
            Files.write(inside.resolve(PictureSet.name(i)), SET.png(i));
        }
        try (ImageSource source = open(folder.resolve("set"))) {
            assertThat(source.labels()).hasValue(new int[] {0, 0, 1, 1, 2, 2});
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            int size = SET.shape().bytes();
            for (int i : new int[] {2, 5, 1, 4, 0, 3}) {
                expected.write(SET.pixels(), i * size, size);
            }
            assertThat(Reading.pixels(source, 0, 4)).isEqualTo(expected.toByteArray());
        }
    }

    /** Samples of some classes alone: a folder that was not drawn here is known by the names, which are matched later. */
    @Test
    void foldersOfSamplesByClass_giveTheirNumbersAsLabels() throws IOException {
        for (int i = 0; i < 6; i++) {
            Path inside = Files.createDirectories(folder.resolve("set").resolve(i < 2 ? "03" : "07"));
            Files.write(inside.resolve(PictureSet.name(i)), SET.png(i));
        }
        try (ImageSource source = open(folder.resolve("set"))) {
            assertThat(source.labels()).hasValue(new int[] {0, 0, 1, 1, 1, 1});
            assertThat(source.classNames()).containsExactly("03", "07");
        }
        Files.writeString(folder.resolve("set").resolve(ImageSources.SAMPLING_RECORD), "{}");
        try (ImageSource source = open(folder.resolve("set"))) {
            assertThat(source.labels()).hasValue(new int[] {3, 3, 7, 7, 7, 7});
            assertThat(source.classNames()).isEmpty();
        }
    }

    @Test
    void labelsOfNpz_areRead() throws IOException {
        PictureSet three = PictureSet.noise(2, 3, 4, 4);
        try (ImageSource source = open(three.npz(folder.resolve("a.npz"), Npz.Compression.STORED, 7, 0, 999))) {
            assertThat(source.labels()).hasValue(new int[] {7, 0, 999});
        }
        Path short1 = three.npz(folder.resolve("b.npz"), Npz.Compression.STORED, 7, 0);
        assertThatThrownBy(() -> open(short1))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("b.npz: arr_1")
                .hasMessageContaining("3 whole numbers");
        Path negative = three.npz(folder.resolve("c.npz"), Npz.Compression.STORED, 7, -1, 0);
        assertThatThrownBy(() -> open(negative)).hasMessageContaining("arr_1[1]: class -1");
    }

    @Test
    void pictureOfAnotherSize_isNamed() throws IOException {
        Path pictures = SET.folder(folder.resolve("pictures"));
        Files.write(
                pictures.resolve(PictureSet.name(33)),
                PictureSet.noise(3, 1, 12, 11).png(0));
        Files.write(
                pictures.resolve(PictureSet.name(38)),
                PictureSet.noise(3, 1, 13, 10).png(0));
        try (ImageSource source = open(pictures)) {
            assertThatThrownBy(() -> Reading.pixels(source, 0, 8))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining(pictures + ": 000033.png: a picture of 12x11 pixels; expected 12x10")
                    .hasMessageContaining("--crop SIZE");
        }
    }

    @Test
    void damagedPicture_isNamed() throws IOException {
        Path pictures = SET.folder(folder.resolve("pictures"));
        byte[] png = SET.png(20);
        Files.write(pictures.resolve(PictureSet.name(20)), Arrays.copyOf(png, png.length / 2));
        try (ImageSource source = open(pictures)) {
            assertThatThrownBy(() -> Reading.pixels(source, 0, 8))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining(pictures + ": 000020.png");
        }
    }

    @Test
    void damagedByteOfAStoredZip_isNoticedThroughItsChecksum() throws IOException {
        Path file = SET.zip(folder.resolve("pictures.zip"), false);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> {
                    try (ImageSource source = open(file)) {
                        Reading.pixels(source, 0, 8);
                    }
                })
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("pictures.zip: samples/");
    }

    @Test
    void picturesThatCannotBeRead_areNotSilentlyLeftOut() throws IOException {
        Path pictures = SET.folder(folder.resolve("pictures"));
        Files.writeString(pictures.resolve("settings.json"), "{}");
        try (ImageSource source = open(pictures)) {
            assertThat(source.count()).isEqualTo(SET.count());
        }
        Files.writeString(pictures.resolve("000099.webp"), "RIFF");
        assertThatThrownBy(() -> open(pictures))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("000099.webp");
    }

    @Test
    void greyPictureFiles_getThreeEqualChannelsAndOneForGreyNetworks() throws IOException {
        Path pictures = Files.createDirectories(folder.resolve("grey"));
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, 3, 2, new int[] {0, 50, 100, 150, 200, 255});
        ImageIO.write(image, "png", pictures.resolve("0.png").toFile());
        byte[] grey = {0, 50, 100, (byte) 150, (byte) 200, (byte) 255};
        try (ImageSource colour = open(pictures);
                ImageSource single = ImageSources.open(
                        pictures.toString(), ImageReading.colour().withChannels(1))) {
            byte[] repeated = new byte[18];
            for (int i = 0; i < repeated.length; i++) {
                repeated[i] = grey[i / 3];
            }
            assertThat(Reading.pixels(colour, 0, 1)).isEqualTo(repeated);
            assertThat(Reading.pixels(single, 0, 1)).isEqualTo(grey);
        }
        Path colours = SET.folder(folder.resolve("colours"));
        try (ImageSource single =
                ImageSources.open(colours.toString(), ImageReading.colour().withChannels(1))) {
            assertThatThrownBy(() -> Reading.pixels(single, 0, 1))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("000000.png: a picture in colour");
        }
    }

    @Test
    void mnist_isReadGreyOrRepeated() throws IOException {
        try (ImageSource grey =
                        ImageSources.open("mnist-t10k", ImageReading.colour().withChannels(1));
                ImageSource colour = ImageSources.open("mnist-t10k")) {
            assertThat(grey.count()).isEqualTo(10_000);
            assertThat(grey.labels().orElseThrow()).hasSize(10_000).startsWith(7, 2, 1, 0, 4);
            assertThat(grey.identity().kind()).isEqualTo(SourceIdentity.Kind.CONTENT);
            assertThat(grey.identity()).isNotEqualTo(colour.identity());
            byte[] last = Reading.pixels(grey, 9_998, 500);
            byte[] lastInColour = Reading.pixels(colour, 9_998, 500);
            assertThat(last).hasSize(2 * 28 * 28);
            for (int i = 0; i < lastInColour.length; i++) {
                assertThat(lastInColour[i]).isEqualTo(last[i / 3]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pixels", "haar"})
    void dataSets_giveThePicturesThatTheyWereMadeOf(String codec) throws IOException {
        PictureSet set = PictureSet.noise(6, 25, 12, 12);
        for (int i = 0; i < set.count(); i++) {
            Path inside = Files.createDirectories(folder.resolve("set").resolve("class" + i / 10));
            Files.write(inside.resolve(PictureSet.name(i)), set.png(i));
        }
        PictureSelection selection = new PictureSelection(
                PictureSources.open(folder.resolve("set").toString()), new Holdout(2, 0), Part.ALL, new CentreCrop(12));
        Path encoded = folder.resolve("encoded");
        new DatasetEncoder(Codecs.open(codec), new EncodeOptions(ValueType.FLOAT16, 10, 4), Progress.NONE)
                .encode(selection, encoded, Optional.empty());

        try (ImageSource source = open(encoded)) {
            assertThat(source.shape()).isEqualTo(set.shape());
            assertThat(source.labels().orElseThrow()).hasSize(25).endsWith(1, 2, 2, 2, 2, 2);
            assertThat(Reading.pixels(source, 0, 7)).isEqualTo(set.pixels());
            assertThat(Reading.pixels(source, 24, 7))
                    .isEqualTo(Arrays.copyOfRange(set.pixels(), 24 * set.shape().bytes(), set.pixels().length));
            assertThat(source.identity()).isEqualTo(source.identity());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nowhere.npz"})
    void nameOfNothing_isRefused(String name) {
        assertThatThrownBy(() -> ImageSources.open(name))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("an npz, a folder, tar or zip");
    }

    @Test
    void onePicture_isNoSet() throws IOException {
        Path file = Files.write(folder.resolve("one.png"), SET.png(0));
        assertThatThrownBy(() -> open(file)).hasMessageContaining("one.png: one picture; expected a set");
    }
}
