package org.ppflow.eval.images;

import java.io.IOException;
import java.util.OptionalLong;

/** Pictures to be scored, all of one size. Opened once for each pass; every pass gives the same pictures. */
public interface ImageSource {
    /** What a person calls it: a file, {@code samples of ppf-2}. */
    String name();

    /** Size of every picture. */
    ImageFormat format();

    /** Number of pictures, where it is known before they are read. */
    OptionalLong count();

    /** Starts a pass. The caller closes it. */
    ImageStream open() throws IOException;
}
