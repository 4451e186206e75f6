package org.ppflow.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;

class EventLogTest {
    /** A grey pixel as PNG, as far as its header matters: 7 wide, 5 high. */
    private static final byte[] PNG = ByteBuffer.allocate(33)
            .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R'})
            .putInt(7)
            .putInt(5)
            .array();

    @TempDir
    private Path folder;

    @Test
    void records_areTensorBoards() throws IOException {
        try (EventLog log = EventLog.open(folder, 40)) {
            log.scalars(41, Map.of("loss", 0.5));
            log.image(41, "samples", PNG);
        }
        List<Event> events = events();
        assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
        // What other files say from here on no longer holds.
        assertThat(events.get(1).getStep()).isEqualTo(41);
        assertThat(events.get(1).getSessionLog().getStatus()).isEqualTo(SessionLog.SessionStatus.START);
        assertThat(events.get(2).getSummary().getValue(0).getTag()).isEqualTo("loss");
        assertThat(events.get(2).getSummary().getValue(0).getSimpleValue()).isEqualTo(0.5f);
        assertThat(events.get(3).getSummary().getValue(0).getImage().getWidth()).isEqualTo(7);
        assertThat(events.get(3).getSummary().getValue(0).getImage().getHeight())
                .isEqualTo(5);
    }

    @Test
    void everyStart_hasAFileOfItsOwn() throws IOException {
        EventLog.open(folder, 0).close();
        EventLog.open(folder, 10).close();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2).allMatch(file -> file.toString().contains("tfevents"));
        }
    }

    private List<Event> events() throws IOException {
        List<Event> events = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            ByteBuffer bytes = ByteBuffer.wrap(
                            Files.readAllBytes(files.findFirst().orElseThrow()))
                    .order(ByteOrder.LITTLE_ENDIAN);
            while (bytes.hasRemaining()) {
                byte[] length = new byte[Long.BYTES];
                bytes.get(length);
                assertThat(bytes.getInt()).isEqualTo(masked(length));
                byte[] data = new byte
                        [Math.toIntExact(ByteBuffer.wrap(length)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getLong())];
                bytes.get(data);
                assertThat(bytes.getInt()).isEqualTo(masked(data));
                events.add(Event.parseFrom(data));
            }
        }
        return events;
    }

    /** ((crc >> 15) | (crc << 17)) + 0xa282ead8, as TensorFlow's record writer documents it. */
    private static int masked(byte[] bytes) {
        int crc = Hashing.crc32c().hashBytes(bytes).asInt();
        return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
    }
}
