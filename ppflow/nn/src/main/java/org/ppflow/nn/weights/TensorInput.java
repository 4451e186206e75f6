package org.ppflow.nn.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import org.ppflow.nn.errors.BadInputException;

/** What all readers of tensor files share: opening a file that may not be one, a part of it as a stream, unknown names. */
final class TensorInput {
    private static final int LISTED_NAMES = 8;

    private TensorInput() {}

    /** Opens a regular, non-empty file for reading. */
    static FileChannel open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw BadInputException.at(file.toString())
                    .found("a folder")
                    .expected("a file of tensors: .safetensors, its .index.json, .pt, .npz or .npy")
                    .build();
        }
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw BadInputException.at(file.toString())
                    .found("no such file")
                    .expected("tensors: .safetensors, its .index.json, .pt, .npz or .npy")
                    .advice("check the path")
                    .cause(e)
                    .build();
        }
        if (channel.size() == 0) {
            channel.close();
            throw BadInputException.at(file.toString())
                    .found("an empty file")
                    .expected("tensors")
                    .advice("write or copy it again")
                    .build();
        }
        return channel;
    }

    /** Fills the buffer from a place in the file; {@link EOFException} where the file ends before. */
    static void readFully(FileChannel channel, long position, ByteBuffer target) throws IOException {
        long at = position;
        while (target.hasRemaining()) {
            int read = channel.read(target, at);
            if (read < 0) {
                throw new EOFException("end of file at byte " + at);
            }
            at += read;
        }
    }

    /** The error for a name that is not there. */
    static BadInputException unknown(TensorFile file, String name) {
        return unknown(file.path(), name, file.names());
    }

    static BadInputException unknown(Path file, String name, Collection<String> names) {
        String there = names.isEmpty()
                ? "it holds none"
                : names.stream()
                                .limit(LISTED_NAMES)
                                .reduce((a, b) -> a + ", " + b)
                                .orElseThrow()
                        + (names.size() > LISTED_NAMES ? " and " + (names.size() - LISTED_NAMES) + " more" : "");
        return BadInputException.at(file.toString())
                .found("no tensor called " + name)
                .expected("one of those that are there: " + there)
                .build();
    }

    /** Bytes [from, from + length) of a channel, which stays open; positioned reads, so streams do not disturb each other. */
    static final class Region extends InputStream {
        private final FileChannel channel;
        private final long end;
        private long position;

        Region(FileChannel channel, long from, long length) {
            this.channel = channel;
            this.position = from;
            this.end = from + length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int wanted = (int) Math.min(Math.min(length, Elements.CHUNK_BYTES), end - position);
            if (wanted == 0) {
                return -1;
            }
            int read = channel.read(ByteBuffer.wrap(target, offset, wanted), position);
            if (read > 0) {
                position += read;
            }
            return read;
        }
    }
}
