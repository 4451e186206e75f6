package org.ppflow.nn.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ppflow.nn.errors.BadInputException;

/** Opens a tensor file of any format, told apart by its content and not by its name. */
public final class TensorFiles {
    private TensorFiles() {}

    /** {@link #open(Path, Optional)} without a choice. */
    public static TensorFile open(Path file) throws IOException {
        return open(file, Optional.empty());
    }

    /**
     * Opens a safetensors file, the index of a sharded one, a PyTorch, npz or npy file.
     *
     * @param which part of a PyTorch training checkpoint, say {@code model}; {@code ema} is taken first where empty. Refused
     *     for files without parts
     */
    public static TensorFile open(Path file, Optional<String> which) throws IOException {
        byte[] start;
        try (FileChannel channel = TensorInput.open(file)) {
            start = new byte[(int) Math.min(NpyHeader.MAGIC.length, channel.size())];
            TensorInput.readFully(channel, 0, ByteBuffer.wrap(start));
        }
        if (start.length >= 4 && start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4) {
            if (isTorch(file)) {
                return Torch.open(file, which);
            }
            requireNoChoice(file, which);
            return Npz.open(file);
        }
        if (OldTorch.isOne(start)) {
            return Torch.open(file, which);
        }
        requireNoChoice(file, which);
        if (Arrays.equals(start, NpyHeader.MAGIC)) {
            return Npy.open(file);
        }
        boolean text = isText(start);
        if (text && start[0] != '{') {
            throw BadInputException.at(file.toString())
                    .found("a text, or another kind of file")
                    .expected("tensors: .safetensors, its .index.json, .pt, .npz or .npy")
                    .build();
        }
        return text ? SafetensorsShards.open(file) : Safetensors.open(file);
    }

    /** A safetensors header's length is eight bytes of which the last are zero; JSON has none. */
    private static boolean isText(byte[] start) {
        for (byte b : start) {
            if (b == 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTorch(Path file) throws IOException {
        try (ZipArchive zip = ZipArchive.open(file)) {
            return TorchArchive.isOne(zip);
        }
    }

    private static void requireNoChoice(Path file, Optional<String> which) {
        if (which.isPresent()) {
            throw BadInputException.at(file.toString())
                    .found("a file without parts, '" + which.get() + "' was asked for")
                    .expected("a PyTorch training checkpoint")
                    .advice("leave --which out")
                    .build();
        }
    }

    /** The files that hold what a path names: itself, or an index with its shards beside it. */
    public static List<Path> filesOf(Path path) throws IOException {
        if (!String.valueOf(path.getFileName()).endsWith(".index.json")) {
            return List.of(path);
        }
        try (SafetensorsShards shards = SafetensorsShards.open(path)) {
            List<Path> files = new ArrayList<>(List.of(path));
            files.addAll(shards.files());
            return files;
        }
    }
}
