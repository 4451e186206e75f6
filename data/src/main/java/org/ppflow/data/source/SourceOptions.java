package org.ppflow.data.source;

import java.nio.file.Path;
import java.util.Optional;
import org.ppflow.data.picture.PictureDecoder;

/**
 * How pictures are read.
 *
 * @param decoder of JPEG and PNG
 * @param classNames a list of them; empty: classes are called like their folders
 * @param mirror whether a mirrored picture shows the same thing; empty for what the kind of source says
 * @param leaveOut whether files among the pictures that are none by their names are left out; else they are refused
 */
public record SourceOptions(
        PictureDecoder decoder, Optional<Path> classNames, Optional<Boolean> mirror, boolean leaveOut) {
    /** The same, but for whether pictures may be mirrored. */
    public SourceOptions withMirror(boolean other) {
        return new SourceOptions(decoder, classNames, Optional.of(other), leaveOut);
    }

    /** As the published pipelines read. */
    public static SourceOptions published() {
        return new SourceOptions(PictureDecoder.published(), Optional.empty(), Optional.empty(), false);
    }
}
