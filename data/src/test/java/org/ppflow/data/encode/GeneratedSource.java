package org.ppflow.data.encode;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ppflow.data.picture.Picture;
import org.ppflow.data.source.LabelledPicture;
import org.ppflow.data.source.PictureEntry;
import org.ppflow.data.source.PictureSource;
import org.ppflow.data.source.PictureStream;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

/** Coloured 8×8 pictures of random pixels. */
public record GeneratedSource(long size, boolean mirror) implements PictureSource {
    @Override
    public String name() {
        return "generated";
    }

    @Override
    public String sha256() {
        return Sha256.of("generated " + size);
    }

    @Override
    public List<String> classNames() {
        return List.of("even", "odd");
    }

    @Override
    public PictureStream open(long fromRow) {
        return new PictureStream() {
            private long row = fromRow;

            @Override
            public @Nullable PictureEntry next() {
                return row == size ? null : new Entry(row++);
            }

            @Override
            public void close() {}
        };
    }

    private record Entry(long row) implements PictureEntry {
        @Override
        public int label() {
            return (int) (row % 2);
        }

        @Override
        public String source() {
            return "generated/" + row;
        }

        @Override
        public LabelledPicture decode() {
            return picture(row);
        }
    }

    private static LabelledPicture picture(long row) {
        byte[] pixels = new byte[8 * 8 * 3];
        RandomStream random = RandomStream.of(4, Purpose.TEST, row);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) random.nextInt(256);
        }
        return new LabelledPicture(
                new Picture(8, 8, 3, pixels), (int) (row % 2), "generated/" + row, Sha256.of(pixels));
    }
}
