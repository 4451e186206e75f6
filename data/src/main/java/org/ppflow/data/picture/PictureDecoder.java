package org.ppflow.data.picture;

import org.ppflow.nn.errors.BadInputException;

/**
 * Makes red, green and blue of a JPEG or PNG, as Pillow's {@code convert("RGB")} does: grey is copied to three channels, a palette becomes its colours,
 * alpha is dropped and not blended, colour profiles are ignored, of 16 bits the upper 8 count (grey of 16 bits without alpha is refused). JPEG: the accurate integer inverse cosine transform and smooth upsampling of libjpeg.
 * What a file is called does not matter. Safe for many threads.
 *
 * @param exif whether the camera's orientation is honoured; the published pipelines ignore it
 * @param maxPixels rows × columns beyond which a picture is refused before it is decoded: a few kilobytes can ask for gigabytes
 */
public record PictureDecoder(boolean exif, long maxPixels) {
    /** Pillow's own limit: twice its MAX_IMAGE_PIXELS. */
    public static final long MAX_PIXELS = 178_956_970;

    private static final int BYTE_BITS = 8;
    private static final int GREY = 1;
    private static final int INKS = 4;

    public PictureDecoder {
        if (maxPixels < 1) {
            throw new IllegalArgumentException("at most " + maxPixels + " pixels");
        }
    }

    /** As the published pipelines decode. */
    public static PictureDecoder published() {
        return new PictureDecoder(false, MAX_PIXELS);
    }

    /**
     * Decodes a file.
     *
     * @param bytes the whole of it
     * @param where what errors call it
     * @throws BadInputException where it is truncated, too large, or neither JPEG nor PNG
     */
    public Picture decode(byte[] bytes, String where) {
        PictureFormat format = PictureFormat.read(bytes, where);
        if ((long) format.height() * format.width() > maxPixels) {
            throw BadInputException.at(where)
                    .found("a picture of " + format.height() + "x" + format.width() + " pixels in " + bytes.length
                            + " bytes")
                    .expected("at most " + maxPixels + " pixels")
                    .advice("leave it out, or raise the limit if it is meant")
                    .build();
        }
        if (format.kind() == PictureFormat.Kind.PNG && format.bits() > BYTE_BITS && format.components() == GREY) {
            // Pillow makes white of every sample above 255, nearly all of them.
            throw BadInputException.at(where)
                    .found("a grey PNG of " + format.bits() + " bits a sample")
                    .expected("8 or fewer, or colours")
                    .advice("convert it")
                    .build();
        }
        // Four inks are decoded by both: TensorFlow's decoder notices damage, but rounds otherwise than Pillow.
        Picture decoded = DecodeGraph.decode(bytes, format, where);
        if (format.components() == INKS && format.kind() == PictureFormat.Kind.JPEG) {
            decoded = FourInks.decode(bytes, format, where);
        }
        return exif && format.kind() == PictureFormat.Kind.JPEG
                ? ExifOrientation.upright(decoded, ExifOrientation.of(bytes))
                : decoded;
    }
}
