package org.ppflow.flow.level;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.ppflow.nn.errors.BadInputException;

/**
 * Which level a time belongs to: levels that cover [0, 1] from noise to data without gap or overlap. A level holds for its
 * half-open [start, end), the last one also for t = 1 (paper §3).
 *
 * <p>In a pyramid representation the same levels are stages: a level's patch is the square of the latent that a token stands for, averaged
 * down to the finest patch, and the length of a level is its share of a batch and of the steps. {@code flow.pyramid} knows the times.
 *
 * @param name for tables and folders: {@code ppf-2}
 * @param levels from t = 0 on
 * @param representation what coarse levels see; in a pyramid each patch is twice the next one's height and width
 */
public record LevelSchedule(String name, List<PatchLevel> levels, Representation representation) {
    private static final PatchSize FINE = new PatchSize(2, 2);
    private static final PatchSize WIDE = new PatchSize(2, 4);
    private static final PatchSize COARSE = new PatchSize(4, 4);

    /** SiT: 2×2 all the way. */
    public static final LevelSchedule SIT = new LevelSchedule("sit", List.of(new PatchLevel(FINE, 0, 1)));

    /** PPFlow with two levels: 4×4, then 2×2 from t = 0.5. */
    public static final LevelSchedule PPF_2 =
            new LevelSchedule("ppf-2", List.of(new PatchLevel(COARSE, 0, 0.5), new PatchLevel(FINE, 0.5, 1)));

    /** PPFlow with three levels: 4×4, 2×4 from t = 0.5, 2×2 from t = 0.75. */
    public static final LevelSchedule PPF_3 = new LevelSchedule(
            "ppf-3",
            List.of(new PatchLevel(COARSE, 0, 0.5), new PatchLevel(WIDE, 0.5, 0.75), new PatchLevel(FINE, 0.75, 1)));

    /** The levels of {@link #PPF_2} on a latent of half the size, without noise between them: a baseline of the paper's Table 3. */
    public static final LevelSchedule PYRAMID = new LevelSchedule("pyramid", PPF_2.levels(), Representation.PYRAMID);

    /** The same with noise between the stages. */
    public static final LevelSchedule PYRAMID_RENOISED =
            new LevelSchedule("pyramid-renoised", PPF_2.levels(), Representation.PYRAMID_RENOISED);

    /** Levels that see the latent itself. */
    public LevelSchedule(String name, List<PatchLevel> levels) {
        this(name, levels, Representation.PATCHES);
    }

    public LevelSchedule {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._/-]*")) {
            throw new IllegalArgumentException("name: '" + name
                    + "' must be of letters, digits, '.', '_', '-' and '/', and begin with a letter or a digit");
        }
        if (levels.isEmpty()) {
            throw new IllegalArgumentException("levels: a schedule needs at least one level");
        }
        levels = List.copyOf(levels);
        double expected = 0;
        for (int i = 0; i < levels.size(); i++) {
            double start = levels.get(i).start();
            if (start != expected) {
                throw new IllegalArgumentException("levels[" + i + "].start: " + start
                        + (start < expected ? " overlaps the level before" : " leaves a gap after the level before")
                        + ", which ends at " + expected);
            }
            expected = levels.get(i).end();
        }
        if (expected != 1) {
            throw new IllegalArgumentException(
                    "levels[" + (levels.size() - 1) + "].end: " + expected + " leaves a gap before 1");
        }
        if (representation.isPyramid()) {
            requireHalves(levels);
        }
    }

    private static void requireHalves(List<PatchLevel> levels) {
        if (levels.size() < 2) {
            throw new IllegalArgumentException("levels: a pyramid needs at least two stages");
        }
        for (int i = 0; i < levels.size() - 1; i++) {
            PatchSize patch = levels.get(i).patch();
            PatchSize next = levels.get(i + 1).patch();
            if (patch.rows() != 2 * next.rows() || patch.columns() != 2 * next.columns()) {
                throw new IllegalArgumentException(
                        "levels[" + i + "].patch: " + patch + " must be twice as high and wide as " + next
                                + ": each stage of a pyramid has half the latent of the next");
            }
        }
    }

    /** The schedules that have a name, those of {@link ScheduleFamily} included. */
    public static Map<String, LevelSchedule> presets() {
        return Map.copyOf(NamedSchedules.all());
    }

    /**
     * The preset of a name.
     *
     * @throws BadInputException if there is none
     */
    public static LevelSchedule preset(String name) {
        return NamedSchedules.named(name);
    }

    /**
     * The schedule of a short text: a preset's name, or patches with the times at which they end, {@code 4x4:0.5,2x2}.
     *
     * @throws BadInputException if it is neither
     */
    public static LevelSchedule parse(String text) {
        if (!isLevels(text) || NamedSchedules.find(text).isPresent()) {
            return preset(text);
        }
        try {
            return ofLevels(text);
        } catch (IllegalArgumentException e) {
            throw BadInputException.at("schedule '" + text + "'")
                    .found(String.valueOf(e.getMessage()))
                    .expected("one of " + String.join(", ", NamedSchedules.names())
                            + ", or patches with the times at which they end, as 4x4:0.5,2x2")
                    .cause(e)
                    .build();
        }
    }

    /** Whether a text is meant as levels, {@code 4x4:0.5,2x2}, where it is no schedule's name. */
    public static boolean isLevels(String text) {
        return text.matches(".*\\dx.*|.*x\\d.*|.*:.*");
    }

    /**
     * Patches with the times at which they end, {@code 4x4:0.5,2x2}; they name the schedule, {@code 4x4-0.5-2x2}.
     *
     * @throws IllegalArgumentException if the text has another form, or the levels are none of a schedule
     */
    public static LevelSchedule ofLevels(String text) {
        List<PatchLevel> levels = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        double start = 0;
        for (String part : Splitter.on(',').trimResults().split(text)) {
            int colon = part.indexOf(':');
            double end = colon < 0 ? 1 : time(part.substring(colon + 1), levels.size());
            PatchSize patch = PatchSize.parse(colon < 0 ? part : part.substring(0, colon));
            levels.add(new PatchLevel(patch, start, end));
            name.append(name.isEmpty() ? "" : "-").append(patch).append(end == 1 ? "" : "-" + end);
            start = end;
        }
        return new LevelSchedule(name.toString(), levels);
    }

    private static double time(String text, int level) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("levels[" + level + "].end: '" + text + "' is no number", e);
        }
    }

    /** Number of levels. */
    public int count() {
        return levels.size();
    }

    /** The level at an index, from noise to data. */
    public PatchLevel level(int index) {
        return levels.get(index);
    }

    /** Size of the last level's patches, whose projections carry SiT's names. */
    public PatchSize finestPatch() {
        return levels.get(levels.size() - 1).patch();
    }

    /** Size of the patches that a level's projections cut: those of the last level in a pyramid, else its own. */
    public PatchSize projected(int level) {
        return representation.isPyramid() ? finestPatch() : level(level).patch();
    }

    /** How many pixels of the latent, either way, a level averages into one; 1 for the latent itself. */
    public int reduction(int level) {
        return level(level).patch().rows() / projected(level).rows();
    }

    /** A level's patches for people: {@code 4x4}, or {@code 4x4 as 2x2} where they are averaged down. */
    public String describe(int level) {
        return reduction(level) == 1
                ? level(level).patch().toString()
                : level(level).patch() + " as " + projected(level);
    }

    /** Whether a network may have a table that tells levels apart: SiT has nothing to tell apart, a pyramid has none. */
    public boolean hasLevelTable() {
        return count() > 1 && !representation.isPyramid();
    }

    /** Whether weights of the one schedule are weights of the other: the same levels, their projections shared or not. */
    public boolean hasNetworkOf(LevelSchedule other) {
        return levels.equals(other.levels) && representation.isPyramid() == other.representation.isPyramid();
    }

    /** The smallest of the patches, which SiT has all the time: what costs are compared with. */
    public PatchSize smallestPatch() {
        return levels.stream()
                .map(PatchLevel::patch)
                .min(Comparator.comparingInt(PatchSize::area))
                .orElseThrow();
    }

    /**
     * Index of the level of a time.
     *
     * @param t in [0, 1]
     */
    public int levelAt(double t) {
        return levelAt(t, Boundary.HALF_OPEN);
    }

    /**
     * Index of the level of a time, with the boundaries where a rule puts them.
     *
     * @param t in [0, 1]
     */
    public int levelAt(double t, Boundary boundary) {
        if (!(t >= 0 && t <= 1)) {
            throw new IllegalArgumentException("t: " + t + " must be in [0, 1]");
        }
        int index = 0;
        while (index < levels.size() - 1 && isPast(t, levels.get(index).end(), boundary)) {
            index++;
        }
        return index;
    }

    private static boolean isPast(double t, double end, Boundary boundary) {
        return boundary == Boundary.AUTHORS ? t > end : t >= end;
    }

    /**
     * Tokens of an image of each level.
     *
     * @throws IllegalArgumentException naming the first patch that does not tile the latent
     */
    public List<Integer> tokens(int height, int width) {
        requireTiles(height, width);
        return levels.stream().map(level -> level.patch().tokens(height, width)).toList();
    }

    /**
     * Checks that every level's patches tile a latent.
     *
     * @throws IllegalArgumentException naming the first level that does not
     */
    public void requireTiles(int height, int width) {
        for (int i = 0; i < levels.size(); i++) {
            if (!levels.get(i).patch().tiles(height, width)) {
                throw new IllegalArgumentException("levels[" + i + "].patch: "
                        + levels.get(i).patch() + " does not divide latent " + height + "x" + width);
            }
        }
    }
}
