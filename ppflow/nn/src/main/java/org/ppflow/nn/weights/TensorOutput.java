package org.ppflow.nn.weights;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** What all writers of tensor files share: the bytes of one tensor, counted. */
final class TensorOutput {
    private TensorOutput() {}

    /** Writes the elements of one tensor and checks that they are as many as its shape says. */
    static void writeBody(TensorSource source, OutputStream out) throws IOException {
        long expected = source.info().byteSize();
        Counting counting = new Counting(out);
        source.body().writeTo(counting);
        if (counting.count != expected) {
            throw new IllegalStateException(
                    source.info() + " wrote " + counting.count + " bytes instead of " + expected);
        }
    }

    private static final class Counting extends FilterOutputStream {
        private long count;

        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }

        @Override
        public void close() {
            throw new IllegalStateException("a tensor's writer must not close the file");
        }
    }
}
