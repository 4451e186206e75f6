package org.ppflow.data.source;

/**
 * One picture of a source as the stream found it: its bytes have been read, nothing is decoded yet. Streams are read by one thread; entries may be
 * decoded by any, several at once, and as often as wanted.
 */
public interface PictureEntry {
    /** Class index, at least 0. */
    int label();

    /** Its name inside the source: {@code n01440764/n01440764_10026.JPEG}. */
    String source();

    /**
     * Decodes it and hashes its bytes.
     *
     * @throws org.ppflow.nn.errors.BadInputException where the picture is damaged, naming it
     */
    LabelledPicture decode();
}
