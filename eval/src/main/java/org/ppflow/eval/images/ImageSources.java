package org.ppflow.eval.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.ppflow.data.arrow.Manifest;
import org.ppflow.data.picture.CentrePadding;
import org.ppflow.data.source.Mnist;
import org.ppflow.data.source.PictureSources;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.NpzFile;

/**
 * Opens pictures by the name a person gives: an npz as ADM's sampler writes it; a folder, tar or zip of PNG and JPEG files; the folder of a data set of
 * {@code data encode}; {@code idx:PATH}; {@code mnist-t10k}. Files are told apart by their content.
 */
public final class ImageSources {
    /** What lies in a folder of pictures that the toolkit has drawn. */
    public static final String SAMPLING_RECORD = "sampling.json";

    private static final String IDX = "idx:";
    private static final String NPZ = ".npz";
    private static final byte[] NPY = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    private ImageSources() {}

    /** {@link #open(String, ImageReading)} of colour pictures as they are. */
    public static ImageSource open(String name) throws IOException {
        return open(name, ImageReading.colour());
    }

    /**
     * Opens pictures; the caller closes them.
     *
     * @param name path, {@code idx:PATH} or {@code mnist-t10k}
     * @throws BadInputException if it cannot be read as pictures, naming the file, what was found and what was expected
     */
    public static ImageSource open(String name, ImageReading reading) throws IOException {
        if (areDigits(name)) {
            return SequentialImages.of(PictureSources.open(name), reading);
        }
        requireThere("pictures", name);
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            if (Files.exists(path.resolve(Manifest.FILE))) {
                requireNoCrop(name, reading);
                return padded(DatasetImages.open(path, reading), reading);
            }
            return PictureFileImages.open(path, reading);
        }
        if (isNpz(path)) {
            requireNoCrop(name, reading);
            return padded(NpzImages.open(path, reading), reading);
        }
        refuseOnePicture(path);
        return PictureFileImages.open(path, reading);
    }

    /**
     * Checks that there is what a name stands for, without opening it.
     *
     * @param option that the name was given by, which the error starts with
     * @throws BadInputException if there is no file or folder of this name, and it is none that is known
     */
    public static void requireThere(String option, String name) {
        if (!areDigits(name) && (name.isEmpty() || !Files.exists(Path.of(name)))) {
            throw BadInputException.at(name.isEmpty() ? option : option + " " + name)
                    .found(name.isEmpty() ? "no name" : "no such file or folder")
                    .expected("an npz, a folder, tar or zip of PNG or JPEG files, a data set's folder, " + IDX
                            + "PATH or " + Mnist.NAME)
                    .build();
        }
    }

    private static void refuseOnePicture(Path path) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(path)) {
            start = in.readNBytes(4);
        }
        boolean png = start.length == 4 && start[0] == (byte) 0x89 && start[1] == 'P' && start[2] == 'N';
        boolean jpeg = start.length == 4 && start[0] == (byte) 0xFF && start[1] == (byte) 0xD8;
        if (png || jpeg) {
            throw BadInputException.at(path.toString())
                    .found("one picture")
                    .expected("a set of them")
                    .advice("name their folder")
                    .build();
        }
    }

    /**
     * Whether it is a file of arrays: by its name; without one that says so, by what it is: a bare npy (which is refused when it is opened, with what to do),
     * or a zip of npy arrays.
     */
    public static boolean isNpz(String name) throws IOException {
        Path path = Path.of(name);
        return !areDigits(name) && Files.isRegularFile(path) && isNpz(path);
    }

    /** Whether an array or a data set got black around its pictures. */
    public static boolean isPadded(ImageSource images) {
        return images instanceof PaddedImages;
    }

    /** Whether a crop can be asked for: of a folder, tar or zip of PNG and JPEG files, and of digits, which get black around them instead. */
    public static boolean takesCrop(String name) throws IOException {
        if (areDigits(name)) {
            return true;
        }
        Path path = Path.of(name);
        if (!Files.exists(path)) {
            return false;
        }
        return Files.isDirectory(path) ? !Files.exists(path.resolve(Manifest.FILE)) : !isNpz(path);
    }

    /** Whether a name stands for digits (IDX files), which get black around them where they are brought to a size. */
    public static boolean areDigits(String name) {
        return name.equals(Mnist.NAME) || name.startsWith(IDX);
    }

    private static boolean isNpz(Path path) throws IOException {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(NPZ)) {
            return true;
        }
        byte[] start;
        try (InputStream in = Files.newInputStream(path)) {
            start = in.readNBytes(NPY.length);
        }
        if (java.util.Arrays.equals(start, NPY) || start.length == 0) {
            return true;
        }
        if (start.length < 2 || start[0] != 'P' || start[1] != 'K') {
            return false;
        }
        try (NpzFile file = Npz.open(path)) {
            return !file.names().isEmpty();
        }
    }

    private static void requireNoCrop(String name, ImageReading reading) {
        if (reading.fit().isPresent() && reading.fit().get().how() != Fit.How.PAD) {
            throw BadInputException.at(name)
                    .found("a crop to " + reading.fit().get().side() + " pixels")
                    .expected("none: only PNG and JPEG files are cropped, these pictures have their size")
                    .build();
        }
    }

    /** Pictures of an array or a data set, with black around them where that is asked for. */
    private static ImageSource padded(ImageSource opened, ImageReading reading) throws IOException {
        try {
            return reading.fit()
                    .map(fit -> PaddedImages.of(opened, new CentrePadding(fit.side())))
                    .orElse(opened);
        } catch (BadInputException e) {
            opened.close();
            throw e;
        }
    }
}
