package org.ppflow.data.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.data.arrow.ValueType;
import org.ppflow.data.codec.Codec;
import org.ppflow.data.codec.HaarCodec;
import org.ppflow.data.codec.PixelsCodec;
import org.ppflow.data.picture.CentrePadding;
import org.ppflow.data.source.Holdout;
import org.ppflow.data.source.Part;
import org.ppflow.data.source.PictureSelection;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.provenance.Code;
import org.ppflow.nn.provenance.Toolkit;

/** Encoding by code that was changed in between. */
class NotedCodeTest {
    private static final Code ONE = code("1");
    private static final Code TWO = code("2");

    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();

    @Test
    void encodeThatOtherCodeGoesOnWith_saysSo_andNotesBoth() throws IOException {
        // Ten batches to measure, three of the first shard, and one.
        assertThatThrownBy(() -> encode(new StoppingCodec(14), ONE)).hasMessage("stopped");
        assertThat(said).isEmpty();

        encode(new HaarCodec(), TWO);

        assertThat(said)
                .singleElement()
                .asString()
                .contains("Caution: encode: begun by the code of", "(classes of data differ)", "another folder");
        assertThat(new DatasetFolder(folder.resolve("a")).codes()).containsExactly(ONE, TWO);
    }

    @Test
    void finishedEncode_saysWhichCodeMadeIt_whereAnotherAsks() throws IOException {
        encode(new HaarCodec(), ONE);
        encode(new HaarCodec(), ONE);
        assertThat(said).isEmpty();

        encode(new HaarCodec(), TWO);

        assertThat(said)
                .singleElement()
                .asString()
                .contains("a is finished; it was encoded by the code of", "(classes of data differ)");
    }

    @Test
    void roomsThatMakeNoLatents_doNotCount() throws IOException {
        encode(new HaarCodec(), new Code(ONE.toolkit(), Map.of("nn", "n", "data", "1", "flow", "1")));
        encode(new HaarCodec(), new Code(ONE.toolkit(), Map.of("nn", "n", "data", "1", "flow", "2")));

        assertThat(said).isEmpty();
    }

    @Test
    void folderOfAnotherEncode_isLeftAsItIs() throws IOException {
        encode(new HaarCodec(), ONE);
        Files.delete(folder.resolve("a/manifest.json"));
        Files.delete(folder.resolve("a/latents-00002-of-00004.arrow"));

        assertThatThrownBy(() -> encode(new PixelsCodec(), TWO)).isInstanceOf(BadInputException.class);

        assertThat(new DatasetFolder(folder.resolve("a")).codes()).containsExactly(ONE);
    }

    private static Code code(String data) {
        return new Code(new Toolkit("test", null), Map.of("nn", "n", "data", data));
    }

    private void encode(Codec codec, Code code) throws IOException {
        PictureSelection pictures = new PictureSelection(
                new GeneratedSource(43, false), new Holdout(5, 4), Part.TRAIN, new CentrePadding(8));
        new DatasetEncoder(codec, new EncodeOptions(ValueType.FLOAT32, 10, 4), new Sayings())
                .noting(code)
                .encode(pictures, folder.resolve("a"), Optional.empty());
    }

    private final class Sayings implements Progress {
        @Override
        public Task start(String what, long total, long done, String unit) {
            return NONE.start(what, total, done, unit);
        }

        @Override
        public void say(String line) {
            said.add(line);
        }
    }
}
