package org.ppflow.eval.images;

import java.util.Locale;
import org.ppflow.data.picture.CentreCrop;
import org.ppflow.data.picture.CentrePadding;
import org.ppflow.data.picture.Framing;

/**
 * How pictures are brought to one square. Digits (IDX files) get black around them in any case, as where they are trained on.
 *
 * @param how what is done
 * @param side of the square, in pixels, at least 1
 */
public record Fit(How how, int side) {
    /** What is done to pictures that are not digits. */
    public enum How {
        /** ADM's centre crop, for photographs; smaller pictures are enlarged. Of picture files alone. */
        CROP,
        /** The same of pictures that are large enough; smaller ones are refused: beside pictures with black around them they would be none of a kind. */
        CROP_LARGER,
        /** Black around them; larger pictures are refused. */
        PAD
    }

    public Fit {
        if (side < 1) {
            throw new IllegalArgumentException("side " + side + " must be at least 1");
        }
    }

    /** What is done and the side, for identities: the same pixels where larger pictures alone are cropped, but other pictures are refused. */
    @Override
    public String toString() {
        return how.name().toLowerCase(Locale.ROOT) + " " + side;
    }

    /** What does it. */
    Framing framing() {
        return switch (how) {
            case CROP -> new CentreCrop(side);
            case CROP_LARGER -> new CropOfLarger(new CentreCrop(side));
            case PAD -> new CentrePadding(side);
        };
    }
}
