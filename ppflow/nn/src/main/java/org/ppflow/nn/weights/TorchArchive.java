package org.ppflow.nn.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.ppflow.nn.errors.BadInputException;

/** The zip archive of {@code torch.save}: below one folder a pickle, {@code data/KEY} for each storage, and small notes. */
final class TorchArchive implements TorchStorages {
    private static final String PICKLE = "data.pkl";
    private static final int MAX_NOTE_BYTES = 64;

    private final Path path;
    private final ZipArchive zip;
    private final String folder;

    /** Takes over the archive. */
    TorchArchive(Path path, ZipArchive zip) throws IOException {
        this.path = path;
        this.zip = zip;
        this.folder = folder(path, zip);
        if (zip.names().contains(folder + "byteorder")) {
            String order = new String(small("byteorder", MAX_NOTE_BYTES), StandardCharsets.US_ASCII).strip();
            if (!order.equals("little")) {
                throw bad("byte order " + order, "little", "save it on a machine with the usual byte order");
            }
        }
    }

    /** Whether a zip archive is one of PyTorch's. */
    static boolean isOne(ZipArchive zip) {
        return zip.names().stream().anyMatch(TorchArchive::isPickle);
    }

    private static boolean isPickle(String name) {
        return name.endsWith("/" + PICKLE) && name.indexOf('/') == name.lastIndexOf('/');
    }

    private static String folder(Path path, ZipArchive zip) {
        List<String> pickles =
                zip.names().stream().filter(TorchArchive::isPickle).toList();
        if (pickles.size() != 1) {
            throw BadInputException.at(path.toString())
                    .found("a zip archive with " + pickles.size() + " entries NAME/" + PICKLE)
                    .expected("one, as torch.save writes it")
                    .build();
        }
        String pickle = pickles.get(0);
        return pickle.substring(0, pickle.length() - PICKLE.length());
    }

    /** An entry as a whole. */
    byte[] small(String name, int maxBytes) throws IOException {
        long size = zip.size(folder + name);
        if (size > maxBytes) {
            throw bad(name + " of " + size + " bytes", "at most " + maxBytes, "check that these are weights");
        }
        try (InputStream in = zip.stream(folder + name)) {
            return in.readNBytes((int) size);
        }
    }

    @Override
    public String place(String key) {
        return folder + "data/" + key;
    }

    @Override
    public boolean has(String key) {
        return zip.names().contains(place(key));
    }

    @Override
    public long bytes(String key) throws IOException {
        return zip.size(place(key));
    }

    @Override
    public InputStream open(String key) throws IOException {
        return zip.stream(place(key));
    }

    private BadInputException bad(String found, String expected, String advice) {
        return BadInputException.at(path.toString())
                .found(found)
                .expected(expected)
                .advice(advice)
                .build();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
