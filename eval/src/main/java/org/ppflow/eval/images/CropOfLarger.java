package org.ppflow.eval.images;

import org.ppflow.data.picture.CentreCrop;
import org.ppflow.data.picture.Framing;
import org.ppflow.data.picture.Picture;
import org.ppflow.nn.errors.BadInputException;

/**
 * A crop that enlarges nothing.
 *
 * @param crop what is done to pictures that are large enough
 */
record CropOfLarger(CentreCrop crop) implements Framing {
    @Override
    public String name() {
        return crop.name();
    }

    @Override
    public int size() {
        return crop.size();
    }

    @Override
    public Picture frame(Picture picture, String where) {
        if (Math.min(picture.height(), picture.width()) < size()) {
            throw BadInputException.at(where)
                    .found("a picture of " + picture.height() + "x" + picture.width()
                            + " pixels, which a crop enlarges to " + size())
                    .expected("at least " + size() + "x" + size()
                            + ": the digits that it is compared with have black around them")
                    .advice(
                            Math.max(picture.height(), picture.width()) <= size()
                                    ? "--pad " + size() + " in place of --crop puts black around it too"
                                    : "bring it to " + size() + "x" + size()
                                            + " as the digits are, with black around it")
                    .build();
        }
        return crop.frame(picture, where);
    }
}
