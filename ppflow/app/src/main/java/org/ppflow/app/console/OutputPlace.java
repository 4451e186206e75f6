package org.ppflow.app.console;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.ppflow.nn.errors.BadInputException;

/** Checks, before any work, that a file or a folder can be written where a person wants it. Folders on the way need not be there: they are made. */
public final class OutputPlace {
    private static final String STANDARD_OUTPUT = "-";

    private OutputPlace() {}

    /**
     * A file that is new or replaces another.
     *
     * @param option for the message
     * @throws BadInputException if a folder is there, or none can be above it
     */
    public static void requireFile(String option, Path file) {
        requireName(
                option, file, "a file", "; where a command can write to standard output, it does so without " + option);
        if (Files.isDirectory(file)) {
            throw BadInputException.at(option + " " + file)
                    .found("a folder")
                    .expected("a name for a file")
                    .advice("name a file in it")
                    .build();
        }
        requireAbove(option, file);
    }

    /**
     * A file that replaces none, since what is there may be the work of days. Devices and pipes keep nothing, so they are always free.
     *
     * @param option for the message
     * @param replace whether a person asked for the file to be replaced
     * @throws BadInputException if a file is there that is to be kept, a folder is there, or none can be above it
     */
    public static void requireFreeFile(String option, Path file, boolean replace) {
        requireFile(option, file);
        if (!replace && Files.isRegularFile(file)) {
            throw BadInputException.at(option + " " + file)
                    .found("a file that is there already")
                    .expected("a free name")
                    .advice("choose another name, or give --overwrite to replace it")
                    .build();
        }
    }

    /**
     * A folder that is new or takes more files.
     *
     * @param option for the message
     * @throws BadInputException if something else is there, or none can be above it
     */
    public static void requireFolder(String option, Path folder) {
        requireName(option, folder, "a folder", "");
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(folder)) {
            throw BadInputException.at(option + " " + folder)
                    .found(Files.exists(folder) ? "a file" : "a link to nothing")
                    .expected("a folder, there or to be made")
                    .advice("choose another name")
                    .build();
        }
        requireAbove(option, folder);
    }

    /** Elsewhere a dash is standard output: who types it here does not want a file of that name. */
    private static void requireName(String option, Path path, String kind, String more) {
        if (path.toString().equals(STANDARD_OUTPUT)) {
            throw BadInputException.at(option + " " + path)
                    .found("a dash")
                    .expected("a name for " + kind)
                    .advice("./- is one" + more)
                    .build();
        }
    }

    private static void requireAbove(String option, Path path) {
        Path above = path.toAbsolutePath().normalize();
        boolean fileThere = !Files.isDirectory(above);
        while (above.getParent() != null && (fileThere || !Files.exists(above, LinkOption.NOFOLLOW_LINKS))) {
            above = above.getParent();
            fileThere = false;
        }
        if (!Files.isDirectory(above)) {
            throw BadInputException.at(option + " " + path)
                    .found(above + ", which is no folder, on the way to it")
                    .expected("folders, there or to be made")
                    .advice("choose another place")
                    .build();
        }
        if (!Files.isWritable(above)) {
            throw BadInputException.at(option + " " + path)
                    .found("the folder " + above + ", in which nothing may be written")
                    .expected("one in which files can be made")
                    .advice("choose another place")
                    .build();
        }
    }
}
