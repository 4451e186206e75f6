package org.ppflow.nn.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.errors.BadInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Several safetensors files under one index, {@code {"metadata": …, "weight_map": {tensor: file}}}, as one file. All of them
 * stay open; files beside the index only.
 */
final class SafetensorsShards implements TensorFile {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path index;
    private final Map<String, TensorFile> files = new LinkedHashMap<>();
    private final Map<String, TensorFile> owners = new LinkedHashMap<>();

    private SafetensorsShards(Path index) {
        this.index = index;
    }

    static SafetensorsShards open(Path index) throws IOException {
        SafetensorsShards shards = new SafetensorsShards(index);
        try {
            shards.read();
            return shards;
        } catch (IOException | RuntimeException e) {
            shards.close();
            throw e;
        }
    }

    /** Paths of the shards. */
    List<Path> files() {
        return files.keySet().stream().map(index::resolveSibling).toList();
    }

    private void read() throws IOException {
        JsonNode map = weightMap();
        Map<String, String> homes = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            if (!entry.getValue().isString()) {
                throw bad("weight_map." + entry.getKey() + " is " + entry.getValue(), "the name of a file");
            }
            homes.put(entry.getKey(), entry.getValue().asString());
        }
        for (String name : homes.values().stream().distinct().sorted().toList()) {
            if (name.isEmpty() || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0 || name.equals("..")) {
                throw bad("a shard called '" + name + "'", "the name of a file beside the index");
            }
            files.put(name, shard(name));
        }
        for (Map.Entry<String, TensorFile> file : files.entrySet()) {
            for (String tensor : file.getValue().names()) {
                if (file.getKey().equals(homes.get(tensor))) {
                    owners.put(tensor, file.getValue());
                }
            }
        }
        List<String> missing = new ArrayList<>(homes.keySet());
        missing.removeAll(owners.keySet());
        if (!missing.isEmpty()) {
            throw bad("tensors that are not in their shards: " + missing, "all of the index");
        }
    }

    private TensorFile shard(String name) throws IOException {
        try {
            return Safetensors.open(index.resolveSibling(name));
        } catch (BadInputException | InvalidPathException e) {
            throw BadInputException.at(index.toString())
                    .found("a shard that cannot be read: " + e.getMessage())
                    .expected("all shards beside the index")
                    .cause(e)
                    .build();
        }
    }

    private JsonNode weightMap() throws IOException {
        if (Files.size(index) > Safetensors.MAX_HEADER_BYTES) {
            throw bad("an index of " + Files.size(index) + " bytes", "at most " + Safetensors.MAX_HEADER_BYTES);
        }
        try {
            JsonNode map = JSON.readTree(Files.readAllBytes(index)).path("weight_map");
            if (!map.isObject() || map.isEmpty()) {
                throw bad("JSON without a weight_map", "the index of sharded safetensors");
            }
            return map;
        } catch (JacksonException e) {
            throw BadInputException.at(index.toString())
                    .found("an index that is not proper JSON (" + e.getOriginalMessage() + ")")
                    .expected("the index of sharded safetensors")
                    .cause(e)
                    .build();
        }
    }

    private BadInputException bad(String found, String expected) {
        return BadInputException.at(index.toString())
                .found(found)
                .expected(expected)
                .build();
    }

    @Override
    public Path path() {
        return index;
    }

    @Override
    public List<String> names() {
        return List.copyOf(owners.keySet());
    }

    @Override
    public boolean contains(String name) {
        return owners.containsKey(name);
    }

    @Override
    public TensorInfo info(String name) throws IOException {
        return owner(name).info(name);
    }

    /** Of all shards, the first that says something wins. */
    @Override
    public Map<String, String> metadata() {
        Map<String, String> all = new TreeMap<>();
        files.values().forEach(file -> file.metadata().forEach(all::putIfAbsent));
        return all;
    }

    @Override
    public InputStream stream(String name) throws IOException {
        return owner(name).stream(name);
    }

    private TensorFile owner(String name) {
        @Nullable TensorFile owner = owners.get(name);
        if (owner == null) {
            throw TensorInput.unknown(this, name);
        }
        return owner;
    }

    @Override
    public void close() throws IOException {
        for (TensorFile file : files.values()) {
            file.close();
        }
    }
}
