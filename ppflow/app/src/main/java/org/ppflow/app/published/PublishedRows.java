package org.ppflow.app.published;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * All rows that are known.
 *
 * @param rows in the order of their tables
 */
public record PublishedRows(List<PublishedRow> rows) {
    private static final String RESOURCE = "rows.json";

    public PublishedRows {
        rows = List.copyOf(rows);
    }

    /** Those that ship with the toolkit: Tables 1 to 4 of the paper, and ADM's own example. */
    public static PublishedRows shipped() throws IOException {
        try (InputStream in = Objects.requireNonNull(PublishedRows.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new PublishedRows(JsonMapper.shared().readValue(in, new TypeReference<List<PublishedRow>>() {}));
        }
    }

    /**
     * The row of a name; capitals, spaces and hyphens do not matter.
     *
     * @param where the name stands, for the message
     * @throws BadInputException if there is none, with the nearest name
     */
    public PublishedRow find(String name, String where) {
        for (PublishedRow row : rows) {
            if (plain(row.name()).equals(plain(name))) {
                return row;
            }
        }
        List<String> names = rows.stream().map(PublishedRow::name).toList();
        throw BadInputException.at(where)
                .found("no such row")
                .expected("one of " + names)
                .advice(Nearest.to(name, names)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("give the name with its training: PPF-B-2 7M"))
                .build();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
    }
}
