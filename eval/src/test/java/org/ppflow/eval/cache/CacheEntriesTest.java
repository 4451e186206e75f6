package org.ppflow.eval.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

class CacheEntriesTest {
    private static final String TEXT = "a figure: 4.12, Fréchet\n".repeat(200);

    @TempDir
    Path folder;

    @Test
    void text_isFoundUnderItsKeyAlone() throws IOException {
        CacheEntries entries = new CacheEntries(folder);
        entries.keep("one", TEXT);

        assertThat(entries.find("one")).contains(TEXT);
        assertThat(entries.find("two")).isEmpty();
    }

    @Test
    void damagedEntry_isNeverUsed() throws IOException {
        CacheEntries entries = new CacheEntries(folder);
        for (int place = 0; place < 60; place++) {
            entries.keep("one", TEXT);
            Path file = onlyFile();
            byte[] bytes = Files.readAllBytes(file);
            RandomStream stream = RandomStream.of(5, Purpose.TEST, place, 0);
            if (place % 4 == 0) {
                bytes = java.util.Arrays.copyOf(bytes, stream.nextInt(bytes.length));
            } else {
                bytes[stream.nextInt(bytes.length)] ^= (byte) (1 + stream.nextInt(255));
            }
            Files.write(file, bytes);

            assertThat(entries.find("one"))
                    .as("case " + place)
                    .isIn(java.util.Optional.empty(), java.util.Optional.of(TEXT));
        }
    }

    @Test
    void entryOfAnotherKeyUnderTheName_isNotUsed() throws IOException {
        CacheEntries entries = new CacheEntries(folder);
        entries.keep("one", TEXT);
        byte[] bytes = Files.readAllBytes(onlyFile());
        Path other = folder.resolve("other");
        new CacheEntries(other).keep("two", "x");
        try (Stream<Path> files = Files.list(other)) {
            Files.write(files.findFirst().orElseThrow(), bytes);
        }

        assertThat(new CacheEntries(other).find("two")).isEmpty();
    }

    /** Two evaluations with one reference end at the same entry at the same time. */
    @Test
    void manyWritersOfOneEntry_doNotDisturbEachOther() throws IOException, InterruptedException, ExecutionException {
        CacheEntries entries = new CacheEntries(folder);
        ExecutorService writers = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                done.add(writers.submit(() -> {
                    entries.keep("one", TEXT);
                    assertThat(entries.find("one")).contains(TEXT);
                    return null;
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        } finally {
            writers.shutdownNow();
        }
        assertThat(onlyFile()).exists();
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }
}
