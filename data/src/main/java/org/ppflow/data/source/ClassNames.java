package org.ppflow.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ppflow.nn.errors.BadInputException;

/**
 * Names of classes from a text file: {@code n01440764 tench, Tinca tinca} a line, in any order, as in ImageNet's LOC_synset_mapping.txt; or just names, one
 * for each class in the order of the sorted folders.
 */
final class ClassNames {
    private ClassNames() {}

    static List<String> read(Path file, List<String> ids) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw BadInputException.at(file.toString())
                    .found("no such file")
                    .expected("names of classes, one a line")
                    .build();
        }
        List<String> lines = Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        Map<String, String> byId = new HashMap<>();
        for (String line : lines) {
            int end = line.indexOf(' ') < 0 ? line.indexOf('\t') : line.indexOf(' ');
            if (end > 0) {
                byId.put(line.substring(0, end), line.substring(end + 1).strip());
            }
        }
        if (byId.keySet().containsAll(ids)) {
            List<String> names = new ArrayList<>();
            ids.forEach(id -> names.add(byId.getOrDefault(id, id)));
            return names;
        }
        if (lines.size() != ids.size() || ids.stream().anyMatch(byId::containsKey)) {
            throw BadInputException.at(file.toString())
                    .found(lines.size() + " lines, ids of "
                            + ids.stream().filter(byId::containsKey).count() + " of " + ids.size()
                            + " classes among them")
                    .expected("'ID NAME' for every class, or one name for each of " + ids.size() + " classes")
                    .build();
        }
        return lines;
    }
}
