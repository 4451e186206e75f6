package org.ppflow.data.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.data.arrow.SkippedPicture;
import org.ppflow.data.arrow.ValueType;
import org.ppflow.data.codec.PixelsCodec;
import org.ppflow.data.loader.LatentDataset;
import org.ppflow.data.picture.CentrePadding;
import org.ppflow.data.source.Holdout;
import org.ppflow.data.source.LabelledPicture;
import org.ppflow.data.source.Part;
import org.ppflow.data.source.PictureEntry;
import org.ppflow.data.source.PictureSelection;
import org.ppflow.data.source.PictureSource;
import org.ppflow.data.source.PictureStream;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;

class DamagedPicturesTest {
    @TempDir
    private Path folder;

    private LatentDataset encode(String name, OnError onError, int threads, Long... damaged) throws IOException {
        PictureSource source = new DamagedSource(new GeneratedSource(40, true), Set.of(damaged));
        PictureSelection pictures = new PictureSelection(source, new Holdout(5, 4), Part.ALL, new CentrePadding(8));
        EncodeOptions options = new EncodeOptions(ValueType.FLOAT32, 10, 4, threads, onError);
        return new DatasetEncoder(new PixelsCodec(), options, Progress.NONE)
                .encode(pictures, folder.resolve(name), Optional.empty());
    }

    @Test
    void encode_endsWithAListOfAllDamagedPicturesOfTheShard() {
        assertThatThrownBy(() -> encode("a", OnError.FAIL, 2, 0L, 13L, 17L, 31L))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("generated", "1 of the pictures 0 to 9", "generated/0", "--on-error skip");
        assertThatThrownBy(() -> encode("b", OnError.FAIL, 2, 13L, 17L, 31L))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("2 of the pictures 10 to 19", "generated/13", "generated/17");
        assertThat(folder.resolve("a"))
                .satisfiesAnyOf(
                        path -> assertThat(path).doesNotExist(),
                        path -> assertThat(path).isEmptyDirectory());
        assertThat(folder.resolve("b").resolve("latents-00001-of-00004.arrow")).doesNotExist();
        assertThat(folder.resolve("b").resolve("latents-00000-of-00004.arrow")).exists();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void encode_leavesThemOutAndNamesThem_withAnyNumberOfThreads(int threads) throws IOException {
        LatentDataset data = encode("a", OnError.SKIP, threads, 0L, 13L, 17L);

        assertThat(data.rows()).isEqualTo(37);
        assertThat(data.manifest().skipped().stream().map(SkippedPicture::source))
                .containsExactly("generated/0", "generated/13", "generated/17");
        assertThat(data.source(0)).isEqualTo("generated/1");
        assertThat(data.source(12)).isEqualTo("generated/14");
        encode("one", OnError.SKIP, 1, 0L, 13L, 17L);
        try (var files = Files.list(folder.resolve("a"))) {
            for (Path file : files.toList()) {
                assertThat(file).hasSameBinaryContentAs(folder.resolve("one").resolve(file.getFileName()));
            }
        }
    }

    @Test
    void encode_refusesAShardOfNothingButDamage() {
        assertThatThrownBy(() -> encode("a", OnError.SKIP, 2, 20L, 21L, 22L, 23L, 24L, 25L, 26L, 27L, 28L, 29L))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("10 of the pictures 20 to 29");
    }

    /** A source some of whose pictures cannot be decoded. */
    private record DamagedSource(PictureSource whole, Set<Long> damaged) implements PictureSource {
        @Override
        public String name() {
            return whole.name();
        }

        @Override
        public String sha256() {
            return whole.sha256();
        }

        @Override
        public long size() {
            return whole.size();
        }

        @Override
        public List<String> classNames() {
            return whole.classNames();
        }

        @Override
        public boolean mirror() {
            return whole.mirror();
        }

        @Override
        public PictureStream open(long fromRow) throws IOException {
            PictureStream stream = whole.open(fromRow);
            return new PictureStream() {
                private long row = fromRow;

                @Override
                public @Nullable PictureEntry next() throws IOException {
                    PictureEntry entry = stream.next();
                    return entry == null || !damaged.contains(row++) ? entry : new DamagedEntry(entry);
                }

                @Override
                public void close() throws IOException {
                    stream.close();
                }
            };
        }
    }

    private record DamagedEntry(PictureEntry entry) implements PictureEntry {
        @Override
        public int label() {
            return entry.label();
        }

        @Override
        public String source() {
            return entry.source();
        }

        @Override
        public LabelledPicture decode() {
            throw BadInputException.at(source()).found("a truncated picture").build();
        }
    }
}
