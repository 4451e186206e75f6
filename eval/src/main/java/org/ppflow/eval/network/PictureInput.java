package org.ppflow.eval.network;

import java.util.Locale;
import org.ppflow.nn.errors.BadInputException;

/**
 * How a network wants its pictures.
 *
 * @param height of what it takes
 * @param width of what it takes
 * @param channels 3, or 1 for grey
 * @param resize how pictures of another size are brought to it
 * @param layout order of the axes
 * @param scaling of the pixels, after resizing
 */
public record PictureInput(int height, int width, int channels, Resize resize, Layout layout, Scaling scaling) {
    private static final int LARGEST_SIDE = 4096;

    /** Ways to another size; source pixels are centred ({@code (target + 0.5) · in / out − 0.5}) and shrinking smooths, as in Pillow. */
    public enum Resize {
        /** Not at all: pictures of another size are refused. */
        NONE,
        /** Triangle kernel. */
        BILINEAR,
        /** Keys' cubic kernel with a = −0.5, as Pillow's. */
        BICUBIC;

        /** As options spell it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Order of the axes. */
    public enum Layout {
        /** Channels last, TensorFlow's own. */
        NHWC,
        /** Channels first, as networks that come from PyTorch have it. */
        NCHW
    }

    public PictureInput {
        if (height < 1 || width < 1 || height > LARGEST_SIDE || width > LARGEST_SIDE) {
            throw BadInputException.at("the network's pictures")
                    .found(height + "x" + width)
                    .expected("1 to " + LARGEST_SIDE + " pixels a side")
                    .build();
        }
        if (channels != 1 && channels != 3) {
            throw BadInputException.at("the network's pictures")
                    .found(channels + " channels")
                    .expected("3, or 1 for grey")
                    .build();
        }
        if (scaling.factors().size() != 1 && scaling.factors().size() != channels) {
            throw BadInputException.at("the network's scaling")
                    .found("numbers for " + scaling.factors().size() + " channels")
                    .expected("one, or " + channels + ", as the pictures have")
                    .build();
        }
    }

    /** Shape of a batch as it is fed. */
    int[] shape(int batch) {
        return layout == Layout.NHWC
                ? new int[] {batch, height, width, channels}
                : new int[] {batch, channels, height, width};
    }
}
