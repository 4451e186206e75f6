package org.ppflow.eval.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.ppflow.nn.errors.BadInputException;

class FixedBatchesTest {
    private static final ImageFormat FORMAT = new ImageFormat(1, 2, 1);

    @Test
    void piecesOfAnySize_comeInBatchesOfOneSizeWithTheirLabels() throws IOException {
        List<ImageBatch> batches = batches(3, images(0, 2), images(2, 3), images(3, 8));

        assertThat(batches).extracting(ImageBatch::count).containsExactly(3, 3, 2);
        assertThat(batches.get(1).pixels()).containsExactly(3, 13, 4, 14, 5, 15);
        assertThat(batches.get(2).labels()).containsExactly(6, 7);
    }

    @Test
    void emptySource_givesNothing() throws IOException {
        assertThat(batches(3)).isEmpty();
    }

    @Test
    void labelsForSomePicturesOnly_areRejected() {
        ImageBatch unlabelled = new ImageBatch(FORMAT, new byte[2], null);

        assertThatThrownBy(() -> batches(2, images(0, 3), unlabelled))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("made up, picture 2 or later: pictures without a label");
    }

    @Test
    void pictureOfAnotherSize_isRejected() {
        ImageBatch larger = new ImageBatch(new ImageFormat(2, 2, 1), new byte[4], new int[1]);

        assertThatThrownBy(() -> batches(2, images(0, 2), larger))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("a picture of 2x2x1; expected 1x2x1");
    }

    /** Pictures with pixels (i, i + 10) and label i. */
    private static ImageBatch images(int from, int to) {
        byte[] pixels = new byte[2 * (to - from)];
        int[] labels = new int[to - from];
        for (int i = from; i < to; i++) {
            pixels[2 * (i - from)] = (byte) i;
            pixels[2 * (i - from) + 1] = (byte) (i + 10);
            labels[i - from] = i;
        }
        return new ImageBatch(FORMAT, pixels, labels);
    }

    private static List<ImageBatch> batches(int size, ImageBatch... pieces) throws IOException {
        List<ImageBatch> batches = new ArrayList<>();
        try (FixedBatches fixed = new FixedBatches(source(List.of(pieces)), size)) {
            for (Optional<ImageBatch> batch = fixed.next(); batch.isPresent(); batch = fixed.next()) {
                batches.add(batch.get());
            }
        }
        return batches;
    }

    private static ImageSource source(List<ImageBatch> pieces) {
        return new ImageSource() {
            @Override
            public String name() {
                return "made up";
            }

            @Override
            public ImageFormat format() {
                return FORMAT;
            }

            @Override
            public OptionalLong count() {
                return OptionalLong.empty();
            }

            @Override
            public ImageStream open() {
                Iterator<ImageBatch> iterator = pieces.iterator();
                return new ImageStream() {
                    @Override
                    public Optional<ImageBatch> next() {
                        return iterator.hasNext() ? Optional.of(iterator.next()) : Optional.empty();
                    }

                    @Override
                    public void close() {}
                };
            }
        };
    }
}
