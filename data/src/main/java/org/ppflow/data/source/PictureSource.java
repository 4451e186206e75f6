package org.ppflow.data.source;

import java.io.IOException;
import java.util.List;

/** Labelled pictures in a fixed order. Opened as often as wanted; nothing is held between two readings. */
public interface PictureSource {
    /** What a person calls it: {@code mnist-t10k}, a file, a folder. */
    String name();

    /**
     * SHA-256 over the content, or, of many files, over their names and lengths; 64 hexadecimal digits. The same content gives the same hash, whatever
     * its name and packing.
     */
    String sha256();

    /** Number of pictures. */
    long size();

    /** Name of each class, by label. */
    List<String> classNames();

    /** Whether a mirrored picture shows the same thing: true for photographs, false for digits and letters. */
    boolean mirror();

    /** Whether pictures are small and padded to the size that is wanted, as digits are; all others are cropped. */
    default boolean padded() {
        return false;
    }

    /** Names of files among the pictures that are none by their names and were left out, which only happens where {@link SourceOptions#leaveOut} says so. */
    default List<String> leftOut() {
        return List.of();
    }

    /** Starts to read at a row, in [0, size()]. The caller closes it. */
    PictureStream open(long fromRow) throws IOException;
}
