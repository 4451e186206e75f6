package org.ppflow.eval.network;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.errors.BadInputException;

/**
 * From pixels 0–255 to what a network takes: {@code x = pixel · factor + offset}, for each channel.
 *
 * @param factors one for each channel, or one for all
 * @param offsets as many
 */
public record Scaling(List<Double> factors, List<Double> offsets) {
    /** Pixels as they are. */
    public static final Scaling PIXELS = range(0, 255);

    /** Means and standard deviations of ImageNet's pixels, 0 to 1, as DINOv2 and torchvision's networks take them. */
    public static final Scaling IMAGENET = standardized(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

    private static final double LARGEST_PIXEL = 255;
    private static final Pattern RANGE = Pattern.compile("(-?[0-9.]{1,9})\\.\\.(-?[0-9.]{1,9})");

    public Scaling {
        factors = List.copyOf(factors);
        offsets = List.copyOf(offsets);
        if (factors.isEmpty() || factors.size() != offsets.size()) {
            throw new IllegalArgumentException(factors.size() + " factors and " + offsets.size() + " offsets");
        }
        for (int i = 0; i < factors.size(); i++) {
            if (!Double.isFinite(factors.get(i)) || factors.get(i) == 0 || !Double.isFinite(offsets.get(i))) {
                throw new IllegalArgumentException("factor " + factors.get(i) + ", offset " + offsets.get(i));
            }
        }
    }

    /** 0 becomes {@code low}, 255 {@code high}. */
    public static Scaling range(double low, double high) {
        return new Scaling(List.of((high - low) / LARGEST_PIXEL), List.of(low));
    }

    /** {@code (pixel / 255 − mean) / std}. */
    public static Scaling standardized(List<Double> means, List<Double> deviations) {
        List<Double> factors = new ArrayList<>();
        List<Double> offsets = new ArrayList<>();
        if (means.size() != deviations.size()) {
            throw new IllegalArgumentException(means.size() + " means and " + deviations.size() + " deviations");
        }
        for (int i = 0; i < means.size(); i++) {
            factors.add(1 / (LARGEST_PIXEL * deviations.get(i)));
            offsets.add(-means.get(i) / deviations.get(i));
        }
        return new Scaling(factors, offsets);
    }

    /**
     * Reads an option.
     *
     * @param where named in errors
     * @param text {@code imagenet}, {@code LOW..HIGH} as {@code -1..1}, or {@code MEANS/DEVIATIONS} as {@code 0.5,0.5,0.5/0.25,0.25,0.25}
     */
    public static Scaling parse(String where, String text) {
        if (text.equals("imagenet")) {
            return IMAGENET;
        }
        try {
            Matcher range = RANGE.matcher(text);
            if (range.matches()) {
                return range(Double.parseDouble(range.group(1)), Double.parseDouble(range.group(2)));
            }
            List<String> halves = Splitter.on('/').splitToList(text);
            if (halves.size() == 2) {
                return standardized(numbers(halves.get(0)), numbers(halves.get(1)));
            }
        } catch (IllegalArgumentException e) {
            throw wrong(where, text, e);
        }
        throw wrong(where, text, null);
    }

    private static BadInputException wrong(String where, String text, @Nullable Throwable cause) {
        BadInputException.Builder error = BadInputException.at(where)
                .found("'" + text + "'")
                .expected("imagenet, a range as -1..1, or means and deviations as 0.5,0.5,0.5/0.25,0.25,0.25");
        return cause == null ? error.build() : error.cause(cause).build();
    }

    private static List<Double> numbers(String text) {
        return Splitter.on(',').trimResults().splitToList(text).stream()
                .map(Double::valueOf)
                .toList();
    }

    /** Whether pixels stay as they are. */
    boolean isIdentity() {
        return equals(PIXELS);
    }
}
