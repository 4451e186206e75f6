package org.ppflow.data.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;

/** A zip, read where it lies. In memory: the JDK's index of it, and about 150 bytes a file. */
final class ZipStorage implements FileStorage {
    private static final long MAX_FILE_BYTES = 1 << 30;

    private final Path file;
    private final List<StoredFile> files;

    private final String checksums;

    private ZipStorage(Path file, List<StoredFile> files, String checksums) {
        this.file = file;
        this.files = files;
        this.checksums = checksums;
    }

    /** Reads the zip's directory. */
    static ZipStorage open(Path file) throws IOException {
        List<StoredFile> files = new ArrayList<>();
        MessageDigest directory = Sha256.digest();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            zip.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> {
                String name = StoredFile.inside(entry.getName())
                        .orElseThrow(() -> bad(file + ": " + entry.getName(), "a name that leads outside"));
                if (entry.getSize() < 0 || entry.getSize() > MAX_FILE_BYTES) {
                    throw bad(file + ": " + entry.getName(), entry.getSize() + " bytes unpacked");
                }
                files.add(new StoredFile(name, 0, entry.getSize()));
                String line = entry.getName() + " " + entry.getSize() + " " + entry.getCrc() + "\n";
                directory.update(line.getBytes(StandardCharsets.UTF_8));
            });
        } catch (ZipException e) {
            throw bad(file.toString(), "a damaged zip (" + e.getMessage() + ")");
        }
        return new ZipStorage(file, files, Sha256.hex(directory.digest()));
    }

    private static BadInputException bad(String where, String found) {
        return BadInputException.at(where)
                .found(found)
                .expected("a whole zip of pictures")
                .advice("fetch it again; nothing was unpacked")
                .build();
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public List<StoredFile> files() {
        return files;
    }

    /** Over names, lengths and CRC-32 of all entries. */
    @Override
    public String checksums() {
        return checksums;
    }

    @Override
    public Reader open() throws IOException {
        ZipFile zip = new ZipFile(file.toFile());
        return new Reader() {
            @Override
            public byte[] read(StoredFile stored) throws IOException {
                @Nullable ZipEntry bare = zip.getEntry(stored.name());
                ZipEntry entry = bare == null ? zip.getEntry(StoredFile.HERE + stored.name()) : bare;
                try (InputStream in = zip.getInputStream(entry)) {
                    // What the directory says bounds the memory, whatever the entry unpacks to.
                    byte[] bytes = in.readNBytes((int) stored.length());
                    if (bytes.length < stored.length() || in.read() >= 0) {
                        throw bad(file + ": " + stored.name(), "another length than the zip's directory says");
                    }
                    CRC32 sum = new CRC32();
                    sum.update(bytes);
                    if (sum.getValue() != entry.getCrc()) {
                        throw bad(file + ": " + stored.name(), "another checksum than the zip's directory says");
                    }
                    return bytes;
                } catch (ZipException | EOFException e) {
                    throw bad(file + ": " + stored.name(), "damaged bytes (" + e.getMessage() + ")");
                }
            }

            @Override
            public void close() throws IOException {
                zip.close();
            }
        };
    }
}
