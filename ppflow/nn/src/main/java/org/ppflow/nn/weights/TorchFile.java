package org.ppflow.nn.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.pickle.Namespace;
import org.ppflow.nn.pickle.PickleReader;

/**
 * An open {@code .pt} file, a zip archive or in the format before PyTorch 1.6: a plain state dict, or one part of a training checkpoint, a dict of dicts such as {@code model},
 * {@code ema}, {@code opt}. Names are joined with dots; {@code module.} and {@code _orig_mod.}, which wrappers put before every
 * name, are dropped. The {@code args} of a checkpoint are its metadata, as {@code args.NAME}. Reading a tensor holds a chunk of
 * it, or all of it where its elements do not follow each other in the file.
 */
public final class TorchFile implements TensorFile {
    /** What is taken where a checkpoint has several parts and none is asked for. */
    private static final List<String> PREFERRED = List.of("ema", "model", "state_dict");

    private static final List<String> WRAPPERS = List.of("module.", "_orig_mod.");
    private static final int MAX_PICKLE_BYTES = 16 << 20;
    private static final int MAX_DEPTH = 16;

    private final Path path;
    private final TorchElements elements;
    private final List<String> parts;
    private final Optional<String> part;
    private final Map<String, TorchTensor> tensors;
    private final Map<String, String> metadata;

    private TorchFile(
            Path path,
            TorchElements elements,
            List<String> parts,
            Optional<String> part,
            Map<String, TorchTensor> tensors,
            Map<String, String> metadata) {
        this.path = path;
        this.elements = elements;
        this.parts = List.copyOf(parts);
        this.part = part;
        this.tensors = tensors;
        this.metadata = metadata;
    }

    static TorchFile open(Path path, Optional<String> which) throws IOException {
        if (OldTorch.isOne(path)) {
            return OldTorch.open(
                    path, (storages, root) -> select(path, new TorchElements(path, storages), root, which));
        }
        ZipArchive zip = ZipArchive.open(path);
        try {
            TorchArchive archive = new TorchArchive(path, zip);
            byte[] pickle = archive.small("data.pkl", MAX_PICKLE_BYTES);
            Object root = PickleReader.read(pickle, path + ": data.pkl", TorchNames.ALLOWED, TorchNames::storage);
            return select(path, new TorchElements(path, archive), root, which);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static TorchFile select(Path path, TorchElements elements, Object root, Optional<String> which) {
        if (!(root instanceof Map<?, ?> dict)) {
            throw BadInputException.at(path.toString())
                    .found("something else than a dict")
                    .expected("a state dict or a training checkpoint, which are dicts")
                    .build();
        }
        Map<String, String> metadata = new TreeMap<>();
        Map<String, Map<?, ?>> parts = new LinkedHashMap<>();
        boolean plain = false;
        for (Map.Entry<?, ?> entry : dict.entrySet()) {
            String key = String.valueOf(entry.getKey());
            if (entry.getValue() instanceof Map<?, ?> part && holdsTensors(part, MAX_DEPTH)) {
                parts.put(key, part);
            } else if (entry.getValue() instanceof TorchTensor) {
                plain = true;
            } else {
                describe(key, entry.getValue(), metadata);
            }
        }
        if (plain && parts.isEmpty()) {
            which.ifPresent(name -> {
                throw BadInputException.at(path.toString())
                        .found("a plain state dict without parts, '" + name + "' was asked for")
                        .expected("a training checkpoint")
                        .advice("leave --which out")
                        .build();
            });
            return new TorchFile(path, elements, List.of(), Optional.empty(), flattened(path, dict), metadata);
        }
        String name = choose(path, parts, which);
        Map<?, ?> chosen = parts.get(name);
        if (chosen == null) {
            throw new IllegalStateException(name);
        }
        return new TorchFile(
                path, elements, List.copyOf(parts.keySet()), Optional.of(name), flattened(path, chosen), metadata);
    }

    private static String choose(Path path, Map<String, ?> parts, Optional<String> which) {
        if (which.isPresent()) {
            if (parts.containsKey(which.get())) {
                return which.get();
            }
            throw BadInputException.at(path.toString())
                    .found("no part called '" + which.get() + "'")
                    .expected("one of " + parts.keySet())
                    .build();
        }
        for (String name : PREFERRED) {
            if (parts.containsKey(name)) {
                return name;
            }
        }
        if (parts.size() == 1) {
            return parts.keySet().iterator().next();
        }
        throw BadInputException.at(path.toString())
                .found(parts.isEmpty() ? "a dict without tensors" : "parts " + parts.keySet())
                .expected("a state dict, or a part called one of " + PREFERRED)
                .advice(parts.isEmpty() ? "check what was saved" : "choose one with --which")
                .build();
    }

    private static boolean holdsTensors(Map<?, ?> dict, int depth) {
        return dict.values().stream()
                .anyMatch(value -> value instanceof TorchTensor
                        || (value instanceof Map<?, ?> inner && depth > 0 && holdsTensors(inner, depth - 1)));
    }

    private static void describe(String name, Object value, Map<String, String> metadata) {
        if (value instanceof Namespace namespace) {
            namespace.attributes().forEach((key, inner) -> describe(name + "." + key, inner, metadata));
        } else if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            metadata.put(name, value.toString());
        } else if (value instanceof List<?> list && list.stream().allMatch(Number.class::isInstance)) {
            metadata.put(name, list.toString());
        }
    }

    private static Map<String, TorchTensor> flattened(Path path, Map<?, ?> dict) {
        Map<String, TorchTensor> found = new LinkedHashMap<>();
        flatten(path, "", dict, found, MAX_DEPTH);
        for (String wrapper : WRAPPERS) {
            if (!found.isEmpty() && found.keySet().stream().allMatch(name -> name.startsWith(wrapper))) {
                Map<String, TorchTensor> bare = new LinkedHashMap<>();
                found.forEach((name, tensor) -> bare.put(name.substring(wrapper.length()), tensor));
                found = bare;
            }
        }
        return found;
    }

    private static void flatten(Path path, String prefix, Map<?, ?> dict, Map<String, TorchTensor> found, int depth) {
        for (Map.Entry<?, ?> entry : dict.entrySet()) {
            String name = prefix + entry.getKey();
            if (entry.getValue() instanceof Map<?, ?> inner && depth > 0) {
                flatten(path, name + ".", inner, found, depth - 1);
            } else if (entry.getValue() instanceof TorchTensor tensor && found.put(name, tensor) != null) {
                throw BadInputException.at(path.toString())
                        .found("two tensors called " + name)
                        .expected("each name once")
                        .build();
            }
        }
    }

    /** Parts with tensors, in the order of the file; empty for a plain state dict. */
    public List<String> parts() {
        return parts;
    }

    /** The part whose tensors these are; empty for a plain state dict. */
    public Optional<String> part() {
        return part;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public List<String> names() {
        return new ArrayList<>(tensors.keySet());
    }

    @Override
    public boolean contains(String name) {
        return tensors.containsKey(name);
    }

    @Override
    public TensorInfo info(String name) {
        return tensor(name).info(name);
    }

    @Override
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public InputStream stream(String name) throws IOException {
        return elements.of(name, tensor(name));
    }

    private TorchTensor tensor(String name) {
        @Nullable TorchTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw TensorInput.unknown(this, name);
        }
        return tensor;
    }

    @Override
    public void close() throws IOException {
        elements.close();
    }
}
