package org.ppflow.app.command.sample;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.sampling.SampleClasses;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorFiles;

/**
 * Reads {@code --classes}: {@code balanced}, {@code uniform}, {@code null}, {@code 1,5,7}, {@code 0-9}, mixtures of the two, or a file with a
 * class a line, or an npz whose {@code y} has them.
 */
final class ClassesOption {
    private static final String OPTION = "--classes";

    private ClassesOption() {}

    /**
     * The classes.
     *
     * @throws BadInputException naming value, file and line of what is no class of the network
     */
    static SampleClasses parse(String text, DitConfig config) throws IOException {
        switch (text) {
            case "balanced" -> {
                return new SampleClasses.Balanced(config.classes());
            }
            case "uniform" -> {
                return new SampleClasses.Uniform(config.classes());
            }
            case "null" -> {
                if (!config.hasNullClass()) {
                    throw bad(OPTION, "a network without a null class", "classes from 0 to " + (config.classes() - 1));
                }
                return new SampleClasses.Listed(config.nullClass());
            }
            default -> {
                if (text.isBlank()) {
                    throw bad(OPTION, "nothing", "balanced, uniform, null, classes as 1,5,7 or 0-9, or a file");
                }
                return text.matches("[-0-9, ]+")
                        ? new SampleClasses.Listed(listed(text, config))
                        : new SampleClasses.Listed(read(Path.of(text), config));
            }
        }
    }

    private static List<Integer> listed(String text, DitConfig config) {
        List<Integer> labels = new ArrayList<>();
        for (String part : Splitter.on(',').trimResults().split(text)) {
            List<String> ends = Splitter.on('-').splitToList(part);
            String place = OPTION + " " + text;
            if (ends.size() > 2 || part.startsWith("-")) {
                throw bad(place, "'" + part + "'", "a class or a range as 0-9");
            }
            int first = label(place, ends.get(0), config);
            int last = label(place, ends.get(ends.size() - 1), config);
            if (last < first) {
                throw bad(place, "the range " + part, "the smaller class first");
            }
            for (int label = first; label <= last; label++) {
                labels.add(label);
            }
        }
        return labels;
    }

    private static List<Integer> read(Path file, DitConfig config) throws IOException {
        List<Integer> labels = new ArrayList<>();
        if (!Files.isRegularFile(file)) {
            throw noSuch(file);
        }
        if (String.valueOf(file.getFileName()).endsWith(".npz")) {
            try (TensorFile arrays = TensorFiles.open(file)) {
                for (long label : arrays.longs("y")) {
                    labels.add(label(file + ": y[" + labels.size() + "]", Long.toString(label), config));
                }
            }
        } else {
            try {
                int line = 0;
                for (String text : Files.readAllLines(file)) {
                    line++;
                    if (!text.isBlank()) {
                        labels.add(label(file + ":" + line, text.strip(), config));
                    }
                }
            } catch (MalformedInputException e) {
                throw bad(file.toString(), "bytes that are no text", "a class a line");
            }
        }
        if (labels.isEmpty()) {
            throw bad(file.toString(), "no classes", "at least one");
        }
        return labels;
    }

    private static BadInputException noSuch(Path file) {
        BadInputException.Builder problem = BadInputException.at(OPTION + " " + file)
                .found(Files.isDirectory(file) ? "a folder" : "no word and no file of this name")
                .expected("balanced, uniform, null, classes as 1,5,7 or 0-9, or a file with a class a line");
        Nearest.to(file.toString(), List.of("balanced", "uniform", "null"))
                .ifPresent(near -> problem.advice("did you mean '" + near + "'?"));
        return problem.build();
    }

    private static int label(String place, String text, DitConfig config) {
        int last = config.hasNullClass() ? config.nullClass() : config.classes() - 1;
        try {
            int label = Integer.parseInt(text);
            if (label >= 0 && label <= last) {
                return label;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw bad(
                place,
                "'" + text + "'",
                "a class from 0 to " + (config.classes() - 1)
                        + (config.hasNullClass() ? ", or " + last + " for none" : ""));
    }

    private static BadInputException bad(String place, String found, String expected) {
        return BadInputException.at(place).found(found).expected(expected).build();
    }
}
