package org.ppflow.app.command;

import com.google.common.base.Splitter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ppflow.flow.level.Boundary;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.sampling.Guidance;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Option;

/** The options of guidance and of the rule at boundaries; a picocli mixin. */
@OptionSection("Guidance")
public final class GuidanceOptions {
    @Option(
            names = "--guidance",
            paramLabel = "SCALES",
            defaultValue = "1",
            description =
                    "Guidance scale, one for all levels or one for each, from noise to data (default: ${DEFAULT-VALUE}, none)."
                            + " Where it is 1 the second branch does not run.")
    private String guidance = "1";

    @Option(
            names = "--channels",
            paramLabel = "3|all",
            defaultValue = "all",
            description = "How many of the first channels are guided (default: ${DEFAULT-VALUE}; the authors: 3).")
    private String channels = "all";

    @Option(
            names = "--guidance-interval",
            paramLabel = "FROM,TO",
            description = "Guide between these times only (default: at all times).")
    private @Nullable String interval;

    @Option(
            names = "--boundary",
            paramLabel = "half-open|authors",
            defaultValue = "half-open",
            description =
                    "Level of a time on a boundary: the later one (half-open, default) or the earlier one (authors).")
    private String boundary = "half-open";

    /** The scales as typed, for people: {@code guidance 1.5 for t in 0.2,0.8}. */
    public String words() {
        boolean active = Splitter.on(',').splitToStream(guidance).anyMatch(scale -> Double.parseDouble(scale) != 1);
        return active ? "guidance " + guidance + (interval == null ? "" : " for t in " + interval) : "no guidance";
    }

    /** The rule at boundaries. */
    public Boundary boundary() {
        return OptionChoice.of("--boundary", boundary, Boundary.values());
    }

    /**
     * The scales.
     *
     * @param guided whether a weaker model stands in for the network without class
     */
    public Guidance guidance(LevelSchedule schedule, DitConfig config, boolean guided) {
        Guidance scales = ModelOptions.guidance(guidance, channels, schedule.count());
        if (scales.isActive() && !guided && !config.hasNullClass()) {
            throw BadInputException.at("--guidance " + guidance)
                    .found("a network without a null class (class_dropout 0)")
                    .expected("scale 1, or a weaker model with --autoguidance")
                    .build();
        }
        if (guided && !scales.isActive()) {
            throw BadInputException.at("--guidance " + guidance)
                    .found("--autoguidance with nothing to guide")
                    .expected("a scale other than 1")
                    .build();
        }
        if (interval == null) {
            return scales;
        }
        List<String> ends = Splitter.on(',').splitToList(interval);
        try {
            if (ends.size() == 2) {
                return scales.within(Double.parseDouble(ends.get(0)), Double.parseDouble(ends.get(1)));
            }
        } catch (IllegalArgumentException e) {
            throw notAnInterval(String.valueOf(e.getMessage()));
        }
        throw notAnInterval("no two times");
    }

    private BadInputException notAnInterval(String found) {
        return BadInputException.at("--guidance-interval " + interval)
                .found(found)
                .expected("two times from 0 to 1 with a comma between, as 0.2,0.9")
                .build();
    }
}
