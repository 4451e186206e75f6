package org.ppflow.data.source;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ppflow.data.picture.PictureDecoder;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;

/** Pictures of a storage with a folder a class. In memory: its list of files, about 250 bytes a picture. */
final class PhotographSource implements PictureSource {
    private final FileStorage storage;
    private final ClassFolders classes;
    private final List<String> classNames;
    private final PictureDecoder decoder;
    private final long[] firstRow;
    private final String sha256;

    /**
     * The pictures of a storage.
     *
     * @param classNames one for each class
     */
    PhotographSource(FileStorage storage, ClassFolders classes, List<String> classNames, PictureDecoder decoder) {
        this.storage = storage;
        this.classes = classes;
        this.classNames = List.copyOf(classNames);
        this.decoder = decoder;
        this.firstRow = new long[classes.files().size() + 1];
        var listing = Sha256.digest();
        for (int label = 0; label < classes.files().size(); label++) {
            List<StoredFile> files = classes.files().get(label);
            firstRow[label + 1] = firstRow[label] + files.size();
            for (int i = 0; i < files.size(); i++) {
                String line = name(label, i) + " " + files.get(i).length() + "\n";
                listing.update(line.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        this.sha256 = Sha256.hex(listing.digest());
    }

    private String name(int label, int file) {
        return classes.ids().get(label) + "/" + classes.names().get(label).get(file);
    }

    @Override
    public String name() {
        return storage.name();
    }

    /** Over the names and lengths of all files in order: to hash 140 GB before the first picture would take an hour. Each row has its own hash. */
    @Override
    public String sha256() {
        return sha256;
    }

    @Override
    public long size() {
        return firstRow[firstRow.length - 1];
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public boolean mirror() {
        return true;
    }

    @Override
    public List<String> leftOut() {
        return classes.leftOut();
    }

    @Override
    public PictureStream open(long fromRow) throws IOException {
        if (fromRow < 0 || fromRow > size()) {
            throw new IndexOutOfBoundsException("row " + fromRow + " of " + size());
        }
        return new Stream(storage.open(), fromRow);
    }

    private final class Stream implements PictureStream {
        private final FileStorage.Reader reader;
        private long row;
        private int label;

        Stream(FileStorage.Reader reader, long row) {
            this.reader = reader;
            this.row = row;
        }

        @Override
        public @Nullable PictureEntry next() throws IOException {
            if (row == size()) {
                return null;
            }
            while (row >= firstRow[label + 1]) {
                label++;
            }
            int file = (int) (row - firstRow[label]);
            StoredFile stored = classes.files().get(label).get(file);
            String source = name(label, file);
            if (stored.length() > Integer.MAX_VALUE - 8) {
                throw BadInputException.at(storage.name() + ": " + source)
                        .found(stored.length() + " bytes")
                        .expected("a picture of less than 2 GiB")
                        .build();
            }
            byte[] bytes = reader.read(stored);
            row++;
            return new Entry(label, source, bytes, decoder);
        }

        @Override
        public boolean skip() {
            if (row == size()) {
                return false;
            }
            row++;
            return true;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry(int label, String source, byte[] bytes, PictureDecoder decoder) implements PictureEntry {
        @Override
        public LabelledPicture decode() {
            return new LabelledPicture(decoder.decode(bytes, source), label, source, Sha256.of(bytes));
        }
    }
}
