package org.ppflow.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.ppflow.data.picture.CentrePadding;
import org.ppflow.nn.errors.BadInputException;

class MnistTest {
    @Test
    void embedded_holdsTenThousandDigits() throws IOException {
        IdxSource mnist = Mnist.embedded();

        assertThat(mnist.name()).isEqualTo("mnist-t10k");
        assertThat(mnist.size()).isEqualTo(10_000);
        assertThat(mnist.classNames()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        LabelledPictures all =
                new PictureSelection(mnist, new Holdout(5, 4), Part.ALL, new CentrePadding(28)).readAll();
        int[] counts = new int[10];
        for (int label : all.labels()) {
            counts[label]++;
        }
        // The class counts of the test set, known everywhere; its first digits are 7, 2, 1, 0.
        assertThat(counts).containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
        assertThat(all.labels()).startsWith(7, 2, 1, 0);
    }

    @Test
    void holdout_takesEveryFifthRow_andKeepsTheOrder() throws IOException {
        PictureSelection all =
                new PictureSelection(Mnist.embedded(), new Holdout(5, 4), Part.ALL, new CentrePadding(32));
        LabelledPictures reference = all.with(Part.REFERENCE).readAll();
        LabelledPictures train = all.with(Part.TRAIN).readAll();
        LabelledPictures both = all.readAll();

        assertThat(reference.labels()).hasSize(2000);
        assertThat(train.labels()).hasSize(8000);
        for (int row = 0; row < 10_000; row++) {
            boolean kept = row % 5 == 4;
            LabelledPictures part = kept ? reference : train;
            int position = kept ? row / 5 : row - row / 5;
            assertThat(part.labels()[position]).isEqualTo(both.labels()[row]);
            assertThat(part.pictures().picture(position))
                    .isEqualTo(both.pictures().picture(row));
        }
    }

    @Test
    void selection_opensInTheMiddle() throws IOException {
        PictureSelection train =
                new PictureSelection(Mnist.embedded(), new Holdout(5, 4), Part.TRAIN, new CentrePadding(32));
        try (PictureStream stream = train.open(4)) {
            assertThat(stream.next().source()).isEqualTo("t10k-images-idx3-ubyte#5");
        }
        try (PictureStream stream = train.open(7999)) {
            assertThat(stream.next().source()).isEqualTo("t10k-images-idx3-ubyte#9998");
            assertThat(stream.next()).isNull();
        }
    }

    @Test
    void verify_refusesOtherContent() {
        byte[] other = IdxBytes.idx(IdxFile.LABELS, 2, 2);
        IdxFile file = new IdxFile("labels", () -> new ByteArrayInputStream(other));

        assertThatThrownBy(() -> Mnist.verify(file, IdxFile.LABELS, Mnist.LABELS_MD5))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("labels", "MD5", Mnist.LABELS_MD5);
    }
}
