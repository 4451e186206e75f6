package org.ppflow.eval.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrayImagesTest {
    @Test
    void batches_holdAllPicturesInOrderAndTheLastIsShort() throws IOException {
        ArrayImages images =
                new ArrayImages("five", new ImageBatch(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 2, 1));
        List<byte[]> batches = new ArrayList<>();

        images.forEachBatch(0, 2, batch -> batches.add(batch.pixels()));

        assertThat(images.count()).isEqualTo(5);
        assertThat(batches).containsExactly(new byte[] {0, 1, 2, 3}, new byte[] {4, 5, 6, 7}, new byte[] {8, 9});
    }

    @Test
    void batchOfNone_isRejectedAndDoesNotRunForever() {
        ArrayImages images = new ArrayImages("one", new ImageBatch(new byte[2], 1, 2, 1));

        assertThatThrownBy(() -> images.forEachBatch(0, 0, batch -> true)).hasMessageContaining("batch 0");
    }

    @Test
    void imageBatch_rejectsSizesThatCannotBe() {
        assertThatThrownBy(() -> new ImageBatch(new byte[4], -2, -2, 1)).hasMessageContaining("-2x-2x1");
        assertThatThrownBy(() -> new ImageBatch(new byte[5], 2, 2, 1)).hasMessageContaining("5 bytes");
        // The product is 2^32 + 4, which is 4 in 32 bits.
        assertThatThrownBy(() -> new ImageBatch(new byte[4], (1 << 30) + 1, 2, 2))
                .hasMessageContaining("4 bytes");
    }
}
