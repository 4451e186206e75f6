package org.ppflow.data.picture;

/**
 * ADM's centre crop, bit for bit as Pillow up to version 12 computes it: halved by a box filter while the shorter side is at least twice the size,
 * brought to the size by a bicubic filter, then the middle is cut out (Dhariwal and Nichol, <i>Diffusion Models Beat GANs</i>, 2021). Pictures that are
 * too small are enlarged.
 *
 * @param size side of the square result, in pixels
 */
public record CentreCrop(int size) implements Framing {
    /** Name in shards. */
    public static final String NAME = "adm-center";

    public CentreCrop {
        if (size < 1) {
            throw new IllegalArgumentException("size " + size + " must be at least 1");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Picture frame(Picture picture, String where) {
        Picture halved = picture;
        while (Math.min(halved.height(), halved.width()) >= 2L * size) {
            halved = Resampling.resize(halved, halved.height() / 2, halved.width() / 2, Resampling.Filter.BOX);
        }
        double scale = (double) size / Math.min(halved.height(), halved.width());
        // Python's round: half to even.
        int height = (int) Math.rint(halved.height() * scale);
        int width = (int) Math.rint(halved.width() * scale);
        return Resampling.resize(
                halved, height, width, Resampling.Filter.BICUBIC, (height - size) / 2, (width - size) / 2, size, size);
    }
}
