package org.ppflow.nn.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;

class SafetensorsShardsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void shards() throws IOException {
        Safetensors.write(
                folder.resolve("one.safetensors"), List.of(TensorSource.floats("a", FloatArray.vector(1, 2))));
        Safetensors.write(folder.resolve("two.safetensors"), List.of(TensorSource.floats("b", FloatArray.vector(3))));
    }

    @Test
    void index_opensAllShardsAsOneFile() throws IOException {
        Path index = index("{\"metadata\": {\"total_size\": 12}, \"weight_map\": {\"a\": \"one.safetensors\","
                + " \"b\": \"two.safetensors\"}}");
        try (TensorFile all = TensorFiles.open(index)) {
            assertThat(all.names()).containsExactly("a", "b");
            assertThat(all.floats("a").values()).containsExactly(1, 2);
            assertThat(all.floats("b").values()).containsExactly(3);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'weight_map': {'a': '../one.safetensors'}} | a file beside the index",
                "{'weight_map': {'a': '/etc/passwd'}} | a file beside the index",
                "{'weight_map': {'c': 'one.safetensors'}} | not in their shards: [c]",
                "{'weight_map': {'a': 'three.safetensors'}} | no such file",
                "{'weight_map': {'a': 7}} | weight_map.a is 7",
                "{'weight_map': {}} | JSON without a weight_map",
                "{'weight_map': {'a': 'one.safetensors', 'a': 'two.safetensors'}} | not proper JSON",
                "{'weight_map' | not proper JSON"
            })
    void badIndex_isRefused(String json, String message) throws IOException {
        Path index = index(json.replace('\'', '"'));
        assertThatThrownBy(() -> TensorFiles.open(index))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void part_isRefusedWhereThereAreNone() throws IOException {
        assertThatThrownBy(() -> TensorFiles.open(folder.resolve("one.safetensors"), Optional.of("ema")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("leave --which out");
    }

    private Path index(String json) throws IOException {
        return Files.writeString(folder.resolve("model.safetensors.index.json"), json);
    }
}
