package org.ppflow.app.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ppflow.flow.level.Flops;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.NamedSchedules;
import org.ppflow.flow.level.PatchSize;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.model.ModelSize;
import org.ppflow.nn.errors.BadInputException;

/**
 * A latent as typed: {@code 32}, {@code 32x64} or {@code 4x32x32}.
 *
 * @param channels C
 * @param height H
 * @param width W
 */
public record LatentSize(int channels, int height, int width) {
    private static final Pattern FORM = Pattern.compile("(?:(?:(\\d{1,4})x)?(\\d{1,4})x)?(\\d{1,4})");
    private static final int CHANNELS = 4;

    /** Of pictures of 256 pixels, as the paper has it. */
    public static final LatentSize USUAL = new LatentSize(CHANNELS, 32, 32);

    /**
     * Reads it.
     *
     * @throws BadInputException if it is none
     */
    public static LatentSize parse(String text) {
        Matcher form = FORM.matcher(text);
        if (form.matches()) {
            int width = Integer.parseInt(form.group(3));
            int height = form.group(2) == null ? width : Integer.parseInt(form.group(2));
            int channels = form.group(1) == null ? CHANNELS : Integer.parseInt(form.group(1));
            if (channels > 0 && height > 0 && width > 0) {
                return new LatentSize(channels, height, width);
            }
        }
        throw BadInputException.at("--latent " + text)
                .found("no size of a latent")
                .expected("a side as 32, HEIGHTxWIDTH as 32x64, or CHANNELSxHEIGHTxWIDTH as 4x32x32")
                .build();
    }

    /** The published network of a size on this latent. */
    public DitConfig config(ModelSize size, LevelSchedule schedule) {
        return of(size.imageNet(Math.max(height, width), schedule.hasLevelTable()));
    }

    /** A network on this latent in place of its own. */
    public DitConfig of(DitConfig network) {
        return new DitConfig(
                channels,
                height,
                width,
                network.depth(),
                network.hidden(),
                network.heads(),
                network.mlpRatio(),
                network.classes(),
                network.classDropout(),
                network.learnSigma(),
                network.levelTable(),
                network.alignment());
    }

    /** What a pass of that network costs. */
    public Flops flops(ModelSize size, LevelSchedule schedule) {
        return config(size, schedule).flops();
    }

    /**
     * Checks that a schedule's patches tile it.
     *
     * @throws BadInputException naming the level that does not
     */
    public void requireTiles(LevelSchedule schedule) {
        try {
            schedule.requireTiles(height, width);
        } catch (IllegalArgumentException e) {
            String name = NamedSchedules.find(schedule.name()).isPresent() ? schedule.name() : levels(schedule);
            throw BadInputException.at("--schedule " + name + " --latent " + this)
                    .found(String.valueOf(e.getMessage()))
                    .expected("patches whose sides divide it: " + PatchSize.sidesThatTile(height, width))
                    .cause(e)
                    .build();
        }
    }

    /** As they are typed: {@code 4x4:0.5,2x2}. */
    private static String levels(LevelSchedule schedule) {
        return schedule.levels().stream()
                .map(level -> level.end() < 1
                        ? level.patch() + ":" + level.end()
                        : level.patch().toString())
                .collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return channels + "x" + height + "x" + width;
    }
}
