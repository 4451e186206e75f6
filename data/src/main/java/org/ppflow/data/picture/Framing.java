package org.ppflow.data.picture;

/** Brings every picture to one size: padding here, cropping for photographs. */
public interface Framing {
    /** Name in shards and manifests, their key {@code crop}: {@code pad-center}. */
    String name();

    /** Side of the square result, in pixels. */
    int size();

    /**
     * The picture at {@link #size()}.
     *
     * @param picture any size
     * @param where what to call the picture in an error
     * @throws org.ppflow.nn.errors.BadInputException where the picture cannot be framed
     */
    Picture frame(Picture picture, String where);
}
