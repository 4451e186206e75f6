package org.ppflow.data.source;

import com.google.common.base.Splitter;
import java.util.List;
import java.util.Optional;

/**
 * A file inside a tree or an archive.
 *
 * @param name path, its parts separated by slashes
 * @param place where its bytes begin; what that means is the storage's
 * @param length bytes
 */
record StoredFile(String name, long place, long length) {
    /** What some programs write before every name of an archive. */
    static final String HERE = "./";

    private static final Splitter PARTS = Splitter.on('/');

    /** A name as an archive has it, without {@value #HERE} before it; empty if it leads outside the archive, or is none. */
    static Optional<String> inside(String stored) {
        String name = stored.startsWith(HERE) ? stored.substring(HERE.length()) : stored;
        List<String> parts = PARTS.splitToList(name);
        boolean outside = parts.contains("") || parts.contains(".") || parts.contains("..");
        return outside || name.contains("\\") || name.contains("\0") ? Optional.empty() : Optional.of(name);
    }

    /** Whether the file or a folder that it is in {@link #isHidden(String) is hidden}. */
    boolean isHidden() {
        return PARTS.splitToStream(name).anyMatch(StoredFile::isHidden);
    }

    /** What desktops, notebooks and version control leave beside pictures: names with a dot before them, and the folder {@code __MACOSX}. */
    static boolean isHidden(String part) {
        return part.startsWith(".") || part.equals("__MACOSX");
    }
}
