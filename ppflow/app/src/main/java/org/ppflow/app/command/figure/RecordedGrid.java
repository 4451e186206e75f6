package org.ppflow.app.command.figure;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.ppflow.app.command.PaperTable;
import org.ppflow.app.comparison.RowSamples;
import org.ppflow.app.comparison.TableSpec;
import org.ppflow.app.figure.Canvas;
import org.ppflow.app.figure.Figure;
import org.ppflow.app.figure.SampleGrid;
import org.ppflow.app.record.ExperimentRecord;
import org.ppflow.app.report.PictureGrid;
import org.ppflow.nn.errors.BadInputException;
import tools.jackson.databind.JsonNode;

/**
 * Samples of a table's rows, a model a row, the same noise in each column: samples of records whose classes and seeds are the same start alike.
 *
 * @param title for those who cannot see it
 * @param speeds whether labels say how many times fewer operations a sample takes than one of the SiT of the same size, where that is there
 */
record RecordedGrid(String title, boolean speeds) {
    private static final String SIT = "sit";

    /**
     * The figure.
     *
     * @param err where missing rows are told
     * @param columns pictures of each model: first one of each class, then the second
     * @throws BadInputException if no row has a record with pictures, or there are fewer
     */
    Figure of(PaperTable table, TableSpec.Kind kind, int columns, PrintWriter err) throws IOException {
        List<RowSamples> found = RowSamples.of(table.spec(), kind, table.folder(), table.records());
        if (found.isEmpty()) {
            throw BadInputException.at(table.spec().title())
                    .found("no record with samples")
                    .expected("records in " + table.spec().records() + " with their PNG beside them")
                    .advice("run the experiments, or give their folder with --records DIR")
                    .build();
        }
        List<String> missing = table.spec().rows().stream()
                .map(TableSpec.Row::name)
                .filter(row -> found.stream().noneMatch(samples -> samples.row().equals(row)))
                .toList();
        if (!missing.isEmpty()) {
            err.println("warning: no record with samples of " + String.join(", ", missing));
        }
        if (found.stream().map(samples -> samples.record().seed()).distinct().count() > 1) {
            err.println("warning: no seed that all rows have records of; rows of other seeds start from other noise: "
                    + found.stream()
                            .map(samples ->
                                    samples.row() + " " + samples.record().seed())
                            .collect(Collectors.joining(", ")));
        }
        List<SampleGrid.Row> rows = new ArrayList<>();
        int height = 0;
        int width = 0;
        for (RowSamples samples : found) {
            BufferedImage grid = image(samples.grid());
            ExperimentRecord.Pictures shape = shape(samples);
            int most = shape.rows() * shape.columns();
            if (columns < 1 || columns > most) {
                throw BadInputException.at("--columns " + columns)
                        .found("a number that " + samples.grid() + " does not have")
                        .expected("1 to " + most)
                        .build();
            }
            ByteArrayOutputStream pictures = new ByteArrayOutputStream();
            for (int column = 0; column < columns; column++) {
                PictureGrid.Tile tile = PictureGrid.tile(
                        grid, shape.rows(), shape.columns(), column % shape.rows(), column / shape.rows());
                pictures.writeBytes(tile.pixels());
                if (width > 0 && (tile.height() != height || tile.width() != width)) {
                    throw BadInputException.at(samples.grid().toString())
                            .found("pictures of " + tile.height() + "x" + tile.width())
                            .expected(height + "x" + width + ", as those of "
                                    + found.get(0).row())
                            .advice("rows of one grid show pictures of one size")
                            .build();
                }
                height = tile.height();
                width = tile.width();
            }
            rows.add(new SampleGrid.Row(label(samples, found), pictures.toByteArray()));
        }
        Figure figure = new SampleGrid(rows, List.of(), height, width, 3).figure(title, Canvas.PAGE);
        return kind == TableSpec.Kind.SCALED ? figure.captioned(scaledDown(table.spec())) : figure;
    }

    /** Rows have the names of the paper's models, which these are not. */
    private static String scaledDown(TableSpec spec) {
        return spec.blocks().stream()
                        .filter(block -> block.kind() == TableSpec.Kind.SCALED)
                        .map(block -> "Ours, " + block.name())
                        .distinct()
                        .collect(Collectors.joining("; "))
                + ": small networks in the place of the paper's models that the rows are named after.";
    }

    /** Operations of a sample compare on any machine; times of records that were made beside other work would not. */
    private String label(RowSamples samples, List<RowSamples> all) {
        Optional<RowSamples> base = all.stream()
                .filter(one -> one.record().schedule().equals(SIT))
                .filter(one -> size(one).equals(size(samples)))
                .findFirst();
        if (!speeds || base.isEmpty() || samples.equals(base.get())) {
            return samples.row();
        }
        double ratio = base.get().record().cost().sampleFlops()
                / samples.record().cost().sampleFlops();
        return String.format(Locale.ROOT, "%s, %.2f× by FLOPs", samples.row(), ratio);
    }

    /** What makes one network larger than another, whatever its levels. */
    private static List<JsonNode> size(RowSamples samples) {
        JsonNode model = samples.record().config().path("model");
        return Stream.of("depth", "hidden", "heads", "mlp_ratio")
                .map(model::path)
                .toList();
    }

    private static ExperimentRecord.Pictures shape(RowSamples samples) {
        ExperimentRecord.Pictures shape = samples.record().pictures();
        if (shape == null) {
            throw new IllegalStateException(samples.grid() + " without its record's shape");
        }
        return shape;
    }

    private static BufferedImage image(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        if (image == null) {
            throw BadInputException.at(file.toString())
                    .found("no PNG")
                    .expected("a grid as 'run' writes it")
                    .build();
        }
        return image;
    }
}
