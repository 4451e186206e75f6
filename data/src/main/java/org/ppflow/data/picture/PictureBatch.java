package org.ppflow.data.picture;

import java.util.Arrays;
import java.util.List;

/**
 * Pictures of one size in one array. The bytes are not copied.
 *
 * @param count pictures, at least 0
 * @param height rows of each
 * @param width columns of each
 * @param channels 1 or 3
 * @param pixels uint8, (N, H, W, C)
 */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString below treat the array by content
public record PictureBatch(int count, int height, int width, int channels, byte[] pixels) {
    public PictureBatch {
        if (count < 0 || height < 1 || width < 1 || (channels != 1 && channels != 3)) {
            throw new IllegalArgumentException(
                    "a batch cannot be " + count + " pictures of " + height + "x" + width + "x" + channels);
        }
        long bytes = (long) count * height * width * channels;
        if (pixels.length != bytes) {
            throw new IllegalArgumentException(count + " pictures of " + height + "x" + width + "x" + channels
                    + " need " + bytes + " bytes, got " + pixels.length);
        }
    }

    /** The same pictures in one array; all have the size of the first, and there is at least one. */
    public static PictureBatch of(List<Picture> pictures) {
        Picture first = pictures.get(0);
        int bytes = first.pixels().length;
        byte[] all = new byte[Math.multiplyExact(bytes, pictures.size())];
        for (int i = 0; i < pictures.size(); i++) {
            Picture picture = pictures.get(i);
            if (!picture.size().equals(first.size())) {
                throw new IllegalArgumentException(
                        "picture " + i + " is " + picture.size() + ", the first is " + first.size());
            }
            System.arraycopy(picture.pixels(), 0, all, i * bytes, bytes);
        }
        return new PictureBatch(pictures.size(), first.height(), first.width(), first.channels(), all);
    }

    /** A copy of one picture. */
    public Picture picture(int index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException("picture " + index + " of " + count);
        }
        int bytes = height * width * channels;
        return new Picture(height, width, channels, Arrays.copyOfRange(pixels, index * bytes, (index + 1) * bytes));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PictureBatch that
                && count == that.count
                && height == that.height
                && width == that.width
                && channels == that.channels
                && Arrays.equals(pixels, that.pixels);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * count + height) + Arrays.hashCode(pixels);
    }

    @Override
    public String toString() {
        return "PictureBatch of " + count + " " + height + "x" + width + "x" + channels;
    }
}
