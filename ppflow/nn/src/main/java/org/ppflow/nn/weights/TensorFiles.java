package org.ppflow.nn.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/** Opens a tensor file of any format, told apart by its first bytes and not by its name. */
public final class TensorFiles {
    private TensorFiles() {}

    /** Opens a safetensors, npz or npy file. */
    public static TensorFile open(Path file) throws IOException {
        byte[] start;
        try (FileChannel channel = TensorInput.open(file)) {
            start = new byte[(int) Math.min(NpyHeader.MAGIC.length, channel.size())];
            TensorInput.readFully(channel, 0, ByteBuffer.wrap(start));
        }
        if (Arrays.equals(start, NpyHeader.MAGIC)) {
            return Npy.open(file);
        }
        if (start.length >= 4 && start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4) {
            return Npz.open(file);
        }
        return Safetensors.open(file);
    }
}
