package org.ppflow.app.run;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;

/**
 * Events for TensorBoard: records of TensorFlow's own format, length, masked CRC-32C of the length, data, masked CRC-32C of the data. Every start of
 * a run has a file of its own, which tells TensorBoard from which step on the files before it no longer hold. Memory: one event.
 */
public final class EventLog implements AutoCloseable {
    private static final int MASK = 0xA282EAD8;

    private final Path file;
    private final OutputStream out;

    private EventLog(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Begins a file.
     *
     * @param step done before; later events of other files are dropped by TensorBoard
     */
    public static EventLog open(Path folder, long step) throws IOException {
        Files.createDirectories(folder);
        // TensorBoard reads files in the order of their names; two starts in one second differ by process and step.
        Path file = folder.resolve(String.format(
                Locale.ROOT,
                "events.out.tfevents.%010d.ppflow.%d.%d",
                System.currentTimeMillis() / 1000,
                ProcessHandle.current().pid(),
                step));
        EventLog log =
                new EventLog(file, Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        log.write(event(0).setFileVersion("brain.Event:2").build());
        log.write(event(step + 1)
                .setSessionLog(SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START))
                .build());
        return log;
    }

    /** Figures of a step by name. */
    public void scalars(long step, Map<String, Double> values) throws IOException {
        Summary.Builder summary = Summary.newBuilder();
        values.forEach((name, value) ->
                summary.addValue(Summary.Value.newBuilder().setTag(name).setSimpleValue(value.floatValue())));
        write(event(step).setSummary(summary).build());
    }

    /**
     * A picture of a step.
     *
     * @param png encoded
     */
    public void image(long step, String name, byte[] png) throws IOException {
        // A PNG's first chunk has width and height at bytes 16 to 23.
        ByteBuffer header = ByteBuffer.wrap(png);
        Summary.Image image = Summary.Image.newBuilder()
                .setWidth(header.getInt(16))
                .setHeight(header.getInt(20))
                .setColorspace(3)
                .setEncodedImageString(ByteString.copyFrom(png))
                .build();
        write(event(step)
                .setSummary(Summary.newBuilder()
                        .addValue(Summary.Value.newBuilder().setTag(name).setImage(image)))
                .build());
    }

    private static Event.Builder event(long step) {
        return Event.newBuilder()
                .setWallTime(System.currentTimeMillis() / 1000.0)
                .setStep(step);
    }

    private void write(Event event) throws IOException {
        byte[] data = event.toByteArray();
        byte[] length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(data.length)
                .array();
        ByteBuffer record = ByteBuffer.allocate(data.length + 2 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        record.put(length).putInt(masked(length)).put(data).putInt(masked(data));
        try {
            out.write(record.array());
            out.flush();
        } catch (IOException e) {
            // A full disk is told without a place.
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static int masked(byte[] bytes) {
        return Integer.rotateRight(Hashing.crc32c().hashBytes(bytes).asInt(), 15) + MASK;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
